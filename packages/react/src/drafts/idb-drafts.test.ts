import { expect, it, vi } from 'vitest'
import { createIdbDrafts } from './idb-drafts.ts'

const draft = { uploadId: 'one', name: 'one.png', pickedAt: 1000, bytes: new Blob(['x']) }

it('says that a copy is unavailable where there is no IndexedDB', async () => {
  const store = createIdbDrafts({ userKey: 'ada' })
  expect(await store.save(draft)).toBe('unavailable')
  expect(await store.list()).toEqual([])
  await expect(store.remove('one')).resolves.toBeUndefined()
})

it('says that there was no room, without trying again, when the device refuses the bytes', async () => {
  const open = vi.fn<() => never>(() => {
    throw new DOMException('Full', 'QuotaExceededError')
  })
  vi.stubGlobal('indexedDB', { open })
  expect(await createIdbDrafts({ userKey: 'ada' }).save(draft)).toBe('no-room')
  expect(open).toHaveBeenCalledOnce()
  vi.unstubAllGlobals()
})

it('opens the database a second time when the first fails', async () => {
  const open = vi.fn<() => never>(() => {
    throw new DOMException('The connection is closing', 'InvalidStateError')
  })
  vi.stubGlobal('indexedDB', { open })
  expect(await createIdbDrafts({ userKey: 'ada' }).save(draft)).toBe('unavailable')
  expect(open).toHaveBeenCalledTimes(2)
  vi.unstubAllGlobals()
})
