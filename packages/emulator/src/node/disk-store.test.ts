import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { describeImageStore } from '../test-support/describe-image-store.ts'
import { createDiskStore } from './disk-store.ts'

const root = mkdtempSync(join(tmpdir(), 'lightfast-disk-store-'))
let count = 0
const nextFolder = (): string => join(root, String((count += 1)))

afterAll(() => rmSync(root, { recursive: true }))

describeImageStore('the disk store', () => createDiskStore(nextFolder()))

test('a store on the same folder finds everything again', async () => {
  const folder = nextFolder()
  const facts = { id: 'a', createdAt: 1, meta: {}, creator: 'ada', requireSignedURLs: false }
  const file = { bytes: new Uint8Array([7]), type: 'image/gif' as const, filename: 'a.gif' }
  await createDiskStore(folder).put({ status: 'stored', facts, file })
  expect(await createDiskStore(folder).get('a')).toEqual({ status: 'stored', facts, file })
})
