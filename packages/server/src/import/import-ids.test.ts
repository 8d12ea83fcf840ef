import { expect, test } from 'vitest'
import { isImportId, toUploadId } from './import-ids.ts'

const sha256 = 'a'.repeat(64)

test('the same bytes of an owner have the same id, and it is a UUID of version 8', async () => {
  const id = await toUploadId('ada', sha256, 0)
  expect(await toUploadId('ada', sha256, 0)).toBe(id)
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(isImportId(id)).toBe(true)
  expect(isImportId(crypto.randomUUID())).toBe(false)
})

test('other bytes, another owner and another generation have other ids', async () => {
  const ids = await Promise.all([
    toUploadId('ada', sha256, 0),
    toUploadId('ada', 'b'.repeat(64), 0),
    toUploadId('bob', sha256, 0),
    toUploadId('ada', sha256, 1),
  ])
  expect(new Set(ids).size).toBe(4)
})
