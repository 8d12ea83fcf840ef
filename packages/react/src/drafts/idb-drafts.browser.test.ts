import { createStore, keys } from 'idb-keyval'
import { expect, it } from 'vitest'
import { describeDraftStore } from '../testing/describe-draft-store.ts'
import { createIdbDrafts } from './idb-drafts.ts'

describeDraftStore('The IndexedDB store', createIdbDrafts)

const draft = { uploadId: 'one', name: 'one.png', pickedAt: 9_900, bytes: new Blob(['bytes']) }

it('says that a copy is kept', async () => {
  const store = createIdbDrafts({ userKey: 'kept', now: () => 10_000 })
  expect(await store.save(draft)).toBe('kept')
})

it('still has the drafts when the store is made anew, as after a reload', async () => {
  await createIdbDrafts({ userKey: 'reload', now: () => 10_000 }).save(draft)
  const [found] = await createIdbDrafts({ userKey: 'reload', now: () => 10_000 }).list()
  expect(await found?.bytes.text()).toBe('bytes')
})

it('removes what is too old even when it is another account that lists', async () => {
  await createIdbDrafts({ userKey: 'gone', now: () => 10_000 }).save(draft)
  await createIdbDrafts({ userKey: 'present', now: () => 100_000_000 }).list()
  const left = await keys<string>(createStore('lightfast-drafts', 'drafts'))
  expect(left.filter((key) => key.startsWith('gone/'))).toEqual([])
})
