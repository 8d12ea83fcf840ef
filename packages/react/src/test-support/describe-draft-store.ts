import { describe, expect, it, vi } from 'vitest'
import type { Draft, DraftStore } from '../drafts/draft-store.ts'

export interface DraftStoreSetup {
  readonly userKey: string
  readonly instance: string
  readonly maxAgeMs: number
  readonly now: () => number
}

const AGE_MS = 1000
let people = 0

export type MakeDraftStore = (setup: DraftStoreSetup) => DraftStore

/** Runs the promises of `DraftStore` against one implementation. */
export function describeDraftStore(name: string, makeStore: MakeDraftStore): void {
  describe(`${name} keeps the promises of a draft store`, () => {
    describeKeeping(makeStore)
    describeAge(makeStore)
    describePrivacy(makeStore)
  })
}

function describeKeeping(makeStore: MakeDraftStore): void {
  it('has no drafts at first', async () => {
    expect(await makeStore(makeSetup()).list()).toEqual([])
  })

  it('lists what was saved, with its bytes and their type', async () => {
    const store = makeStore(makeSetup())
    await store.save(makeDraft('one'))
    const [draft] = await store.list()
    expect(draft).toMatchObject({ uploadId: 'one', name: 'one.png', pickedAt: 9_900 })
    expect(draft?.bytes.type).toBe('image/png')
    expect(await draft?.bytes.text()).toBe('bytes of one')
  })

  it('replaces a draft that is saved again', async () => {
    const store = makeStore(makeSetup())
    await store.save(makeDraft('one'))
    await store.save({ ...makeDraft('one'), name: 'renamed.png' })
    const names = (await store.list()).map((draft) => draft.name)
    expect(names).toEqual(['renamed.png'])
  })

  it('lists the oldest first', async () => {
    const store = makeStore(makeSetup())
    await store.save({ ...makeDraft('late'), pickedAt: 9_950 })
    await store.save({ ...makeDraft('early'), pickedAt: 9_600 })
    expect(await listIds(store)).toEqual(['early', 'late'])
  })

  it('keeps a draft that is held to its holder, until that lets go', async () => {
    const setup = makeSetup()
    const store = makeStore(setup)
    await store.save(makeDraft('held'))
    const letGo = await store.hold('held')
    expect(await listIds(store)).toEqual([])
    await letGo?.()
    await vi.waitFor(async () => expect(await listIds(store)).toEqual(['held']))
  })

  it('lets one of two hold a draft, and the next one as soon as that lets go', async () => {
    const store = makeStore(makeSetup())
    const uploadId = `wanted-${people}`
    const [first, second] = await Promise.all([store.hold(uploadId), store.hold(uploadId)])
    expect([first, second].filter((letGo) => letGo === null)).toHaveLength(1)
    await (first ?? second)?.()
    const third = await store.hold(uploadId)
    expect(third).not.toBeNull()
    await third?.()
  })

  it('remembers that the bytes were handed over, and as what', async () => {
    const store = makeStore(makeSetup())
    await store.save(makeDraft('one'))
    await store.save({ ...makeDraft('two'), handedOverAs: 'img-2' })
    const drafts = await store.list()
    expect(drafts.map(({ handedOverAs }) => handedOverAs)).toEqual([undefined, 'img-2'])
    expect(await drafts[1]?.bytes.text()).toBe('bytes of two')
  })

  it('forgets what was removed, and nothing else', async () => {
    const store = makeStore(makeSetup())
    await store.save(makeDraft('one'))
    await store.save(makeDraft('two'))
    await store.remove('one')
    await store.remove('never-saved')
    expect(await listIds(store)).toEqual(['two'])
  })
}

function describeAge(makeStore: MakeDraftStore): void {
  it('never lists a draft that is too old', async () => {
    const store = makeStore(makeSetup())
    await store.save({ ...makeDraft('old'), pickedAt: 10_000 - AGE_MS - 1 })
    await store.save({ ...makeDraft('young'), pickedAt: 10_000 - AGE_MS })
    expect(await listIds(store)).toEqual(['young'])
  })

  it('has removed a draft that was too old when it listed', async () => {
    const setup = makeSetup()
    let now = 10_000
    const store = makeStore({ ...setup, now: () => now })
    await store.save(makeDraft('one'))
    now = 20_000
    await store.list()
    now = 10_000
    expect(await listIds(store)).toEqual([])
  })
}

function describePrivacy(makeStore: MakeDraftStore): void {
  it('shows another account on the same device nothing', async () => {
    const setup = makeSetup()
    await makeStore(setup).save(makeDraft('mine'))
    expect(await makeStore({ ...setup, userKey: `${setup.userKey}0` }).list()).toEqual([])
    expect(await makeStore({ ...setup, userKey: '' }).list()).toEqual([])
  })

  it('shows another place of the app nothing, however the names are cut', async () => {
    const setup = makeSetup()
    await makeStore({ ...setup, userKey: `${setup.userKey}/a`, instance: 'b' }).save(
      makeDraft('mine'),
    )
    expect(await makeStore({ ...setup, instance: 'a/b' }).list()).toEqual([])
    expect(await makeStore(setup).list()).toEqual([])
  })
}

/** Every test is another person, so that one database serves them all. */
function makeSetup(): DraftStoreSetup {
  people += 1
  return { userKey: `person-${people}`, instance: 'a', maxAgeMs: AGE_MS, now: () => 10_000 }
}

function makeDraft(uploadId: string): Draft {
  const bytes = new Blob([`bytes of ${uploadId}`], { type: 'image/png' })
  return { uploadId, name: `${uploadId}.png`, pickedAt: 9_900, bytes }
}

async function listIds(store: DraftStore): Promise<readonly string[]> {
  return (await store.list()).map((draft) => draft.uploadId)
}
