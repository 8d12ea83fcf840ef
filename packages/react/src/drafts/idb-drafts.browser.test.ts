import { createStore, keys } from 'idb-keyval'
import { describe, expect, it } from 'vitest'
import { describeDraftStore } from '../test-support/describe-draft-store.ts'
import type { Draft, DraftStore } from './draft-store.ts'
import { createIdbDrafts } from './idb-drafts.ts'
import type { IdbDraftsOptions } from './idb-drafts.ts'

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

const makeDraft = (uploadId: string, size = 100): Draft => ({
  uploadId,
  name: `${uploadId}.png`,
  pickedAt: 9_900,
  bytes: new Blob([new Uint8Array(size)]),
})

const roomy = (details: Partial<IdbDraftsOptions>): DraftStore =>
  createIdbDrafts({ userKey: 'roomy', now: () => 10_000, ...details })

const listIds = async (store: DraftStore): Promise<readonly string[]> =>
  (await store.list()).map(({ uploadId }) => uploadId)

describe('the limits', () => {
  it('leave out what is one too many, and keep what was kept', async () => {
    const store = roomy({ userKey: 'count', maxCount: 2 })
    await store.save(makeDraft('a'))
    await store.save(makeDraft('b'))
    expect(await store.save(makeDraft('c'))).toBe('no-room')
    expect(await listIds(store)).toEqual(['a', 'b'])
    await store.remove('a')
    expect(await store.save(makeDraft('c'))).toBe('kept')
  })

  it('leave out what is too large beside the others', async () => {
    const store = roomy({ userKey: 'size', maxTotalBytes: 250 })
    expect(await store.save(makeDraft('a'))).toBe('kept')
    expect(await store.save(makeDraft('b', 151))).toBe('no-room')
    expect(await store.save(makeDraft('b', 150))).toBe('kept')
  })

  it('do not count a draft twice that is saved again', async () => {
    const store = roomy({ userKey: 'again', maxCount: 1, maxTotalBytes: 150 })
    await store.save(makeDraft('a'))
    expect(await store.save({ ...makeDraft('a'), handedOverAs: 'img-1' })).toBe('kept')
    expect(await store.save(makeDraft('a', 50))).toBe('kept')
    expect(await store.list()).toMatchObject([{ uploadId: 'a', bytes: { size: 50 } }])
  })

  it('count the drafts of one person in all places of the app, and nobody else’s', async () => {
    const first = roomy({ userKey: 'both', instance: 'first', maxCount: 1 })
    const second = roomy({ userKey: 'both', instance: 'second', maxCount: 1 })
    const other = roomy({ userKey: 'both2', maxCount: 1 })
    await first.save(makeDraft('a'))
    expect(await second.save(makeDraft('b'))).toBe('no-room')
    expect(await other.save(makeDraft('c'))).toBe('kept')
    expect(await listIds(first)).toEqual(['a'])
  })

  it('hold when several are saved at the same time', async () => {
    const store = roomy({ userKey: 'rush', maxCount: 3 })
    const ids = ['a', 'b', 'c', 'd', 'e']
    const outcomes = await Promise.all(ids.map((id) => store.save(makeDraft(id))))
    expect(outcomes.filter((outcome) => outcome === 'kept')).toHaveLength(3)
    expect(await store.list()).toHaveLength(3)
  })
})

it('asks the device for room once for each draft', async () => {
  let asked = 0
  const estimate = async () => ({ quota: 1000, usage: 900 * asked++ })
  const store = roomy({ userKey: 'asks', storage: { estimate } })
  await store.save(makeDraft('a'))
  expect(await store.save({ ...makeDraft('a'), handedOverAs: 'img-1' })).toBe('kept')
  expect(asked).toBe(1)
})

it('writes nothing on a device that has no room left', async () => {
  const storage = { estimate: async () => ({ quota: 1000, usage: 950 }) }
  const store = roomy({ userKey: 'full', storage })
  expect(await store.save(makeDraft('a'))).toBe('no-room')
  expect(await store.list()).toEqual([])
})
