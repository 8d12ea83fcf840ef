import { expect, test } from 'vitest'
import { describeByteStore } from '../testing/describe-byte-store.ts'
import { createMemoryByteStore } from './memory-byte-store.ts'

describeByteStore('memory', async () => createMemoryByteStore(), {
  openSmall: async () => createMemoryByteStore({ maxTotalBytes: 1000 }),
})

test('goes by the clock that is handed in', async () => {
  const store = createMemoryByteStore({ now: () => 7 })
  const body = new Blob(['a']).stream()
  await store.put('a', body, { maxBytes: 1 })
  const listed = []
  for await (const one of store.list()) listed.push(one)
  expect(listed).toEqual([{ key: 'a', sizeBytes: 1, storedAt: 7 }])
})

test('refuses a limit that is none', () => {
  expect(() => createMemoryByteStore({ maxTotalBytes: -1 })).toThrow(RangeError)
})
