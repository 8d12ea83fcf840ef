import { expect, test } from 'vitest'
import { beside, codeOf, NOON, openWithClock, sampleJob, sampleRecord } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

export function describeUsages(openStore: OpenImagesStore): void {
  async function setUp() {
    const { clock, store } = await openWithClock(openStore)
    const { record } = await store.records.create(sampleRecord(), beside)
    const cover = { imageId: record.id, type: 'article', thingId: '42', field: 'cover', since: 5 }
    return { clock, store, record, cover }
  }

  test('keeps which things use an image, each once, oldest first', async () => {
    const { store, record, cover } = await setUp()
    const older = { ...cover, thingId: '7', since: 1 }
    await store.usages.add(cover)
    await store.usages.add(older)
    await store.usages.add({ ...cover, since: 9 })
    expect(await store.usages.of(record.id)).toEqual([older, cover])
    expect(await store.usages.of('nothing')).toEqual([])
  })

  test('notes since when nothing uses the image, which is no change of the record', async () => {
    const { clock, store, record, cover } = await setUp()
    const other = { ...cover, field: 'teaser' }
    await store.usages.add(cover)
    await store.usages.add(other)
    expect(await store.records.find(record.id)).toEqual({ ...record, unusedSince: null })
    clock.now += 5
    await store.usages.remove(other)
    expect(await store.records.find(record.id)).toEqual({ ...record, unusedSince: null })
    await store.usages.remove(cover)
    const unused = { ...record, unusedSince: NOON + 5 }
    expect(await store.records.find(record.id)).toEqual(unused)
    clock.now += 5
    await store.usages.remove(cover)
    expect(await store.records.find(record.id)).toEqual(unused)
    expect(await store.records.move(record, 'pending', { beside })).toMatchObject({
      unusedSince: NOON + 5,
    })
  })

  test('refuses an image that is not there or deleted', async () => {
    const { store, record, cover } = await setUp()
    expect(await codeOf(store.usages.add({ ...cover, imageId: 'nothing' }))).toBe('not_found')
    await store.records.move(record, 'deleted', { beside })
    expect(await codeOf(store.usages.add(cover))).toBe('not_found')
    expect(await store.usages.of(record.id)).toEqual([])
  })

  test('while there is one, a move that asks for none is refused and writes nothing', async () => {
    const { store, record, cover } = await setUp()
    await store.usages.add(cover)
    const remove = () =>
      store.records.move(record, 'deleted', {
        beside: { ...beside, unlessUsed: true, jobs: [sampleJob()] },
      })
    expect(await codeOf(remove())).toBe('image_in_use')
    expect(await store.records.find(record.id)).toMatchObject({ state: 'requested', version: 0 })
    expect(await store.audit.of(record.id)).toHaveLength(1)
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
    await store.usages.remove(cover)
    expect(await remove()).toMatchObject({ state: 'deleted' })
  })

  test('no image is deleted and used, however close in time the two are', async () => {
    const { store, cover } = await setUp()
    for (let round = 0; round < 20; round += 1) {
      const { record } = await store.records.create(sampleRecord(), beside)
      const change = { beside: { ...beside, unlessUsed: true } }
      const work = [
        () => codeOf(store.usages.add({ ...cover, imageId: record.id })),
        () => codeOf(store.records.move(record, 'deleted', change)),
      ]
      const ordered = round % 2 ? work : work.toReversed()
      const codes = await Promise.all(ordered.map((begin) => begin()))
      expect(codes.filter((code) => code === 'none')).toHaveLength(1)
      const state = (await store.records.find(record.id))?.state
      const usages = await store.usages.of(record.id)
      expect([state, usages.length]).toBeOneOf([
        ['deleted', 0],
        ['requested', 1],
      ])
    }
  })
}
