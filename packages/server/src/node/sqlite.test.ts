import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { describeUploadStore } from '../testing/describe-upload-store.ts'
import { openSqliteUploadStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-sqlite-'))
let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

describeUploadStore('SQLite in memory', () => openSqliteUploadStore({ path: ':memory:' }))
describeUploadStore('SQLite in a file', () => openSqliteUploadStore({ path: nextPath() }))

test('what was written is there after the file was closed and opened', async () => {
  const path = nextPath()
  const store = await openSqliteUploadStore({ path, now: () => 5 })
  const { record } = await store.create({
    id: 'a',
    uploadId: 'u',
    ownerId: 'ada',
    state: 'requested',
    version: 0,
    kind: 'photo',
    cloudflareId: null,
    filename: 'a.png',
    contentType: 'image/png',
    sizeBytes: 1,
    width: null,
    height: null,
    failure: null,
    createdAt: 1,
    updatedAt: 1,
  })
  await store.move(record, 'pending')
  await store.close()
  const again = await openSqliteUploadStore({ path })
  expect(await again.find('a')).toEqual({ ...record, state: 'pending', version: 1, updatedAt: 5 })
  await again.close()
})

test('a database that does not answer is a failure of the table, with its cause', async () => {
  const store = await openSqliteUploadStore({ path: nextPath() })
  await store.close()
  await expect(store.find('a')).rejects.toMatchObject({
    code: 'store_unavailable',
    cause: expect.anything(),
  })
})
