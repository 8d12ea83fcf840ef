import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { describeImageStore } from '../test-support/describe-image-store.ts'
import { createDiskStore } from './disk-store.ts'
import type { StoredImage } from '../store.ts'

const root = mkdtempSync(join(tmpdir(), 'lightfast-disk-store-'))
let count = 0
const nextFolder = (): string => join(root, String((count += 1)))

afterAll(() => rmSync(root, { recursive: true }))

const draft = (id: string): StoredImage => ({
  status: 'draft',
  facts: { id, createdAt: 1, meta: {}, creator: null, requireSignedURLs: false },
  expiresAt: 2,
})

describeImageStore('the disk store', () => createDiskStore(nextFolder()))

test('a store on the same folder goes on with the order', async () => {
  const folder = nextFolder()
  for (const id of ['c', 'a', 'b']) await createDiskStore(folder).put(draft(id))
  const listed = await createDiskStore(folder).list()
  expect(listed.map(({ facts }) => facts.id)).toEqual(['c', 'a', 'b'])
})

test('a store on the same folder finds everything again', async () => {
  const folder = nextFolder()
  const facts = { id: 'a', createdAt: 1, meta: {}, creator: 'ada', requireSignedURLs: false }
  const file = { bytes: new Uint8Array([7]), type: 'image/gif' as const, filename: 'a.gif' }
  await createDiskStore(folder).put({ status: 'stored', facts, file })
  expect(await createDiskStore(folder).get('a')).toEqual({ status: 'stored', facts, file })
})
