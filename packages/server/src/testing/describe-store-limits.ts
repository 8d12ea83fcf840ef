import { expect, test } from 'vitest'
import type { ImageRecord } from '../uploads/record.ts'
import type { Room } from '../uploads/store.ts'
import {
  atOnce,
  beside,
  codeOf,
  NOON,
  openWithClock,
  sampleAttempt,
  sampleJob,
  sampleRecord,
} from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

const room: Room = { totalBytes: 100, ownerBytes: 50 }
const kept = (sizeBytes: number) => ({ sizeBytes, until: NOON + 9 })
const tally = (codes: readonly unknown[]) => codes.filter((code) => code === 'none').length

export function describeLimits(openStore: OpenImagesStore): void {
  const setUp = () => openWithClock(openStore)

  test('of many who begin at once, no more than the limit get through', async () => {
    const { store } = await setUp()
    for (const limits of [
      { starts: 7, since: NOON, unfinished: 99 },
      { starts: 99, since: NOON, unfinished: 7 },
    ]) {
      const ownerId = crypto.randomUUID()
      const codes = await atOnce(20, () =>
        codeOf(store.records.create(sampleRecord({ ownerId }), beside, limits)),
      )
      expect(tally(codes)).toBe(7)
      expect(new Set(codes)).toEqual(new Set(['none', 'upload_limit_reached']))
      expect(await store.records.list({ ownerId, limit: 99 })).toHaveLength(7)
    }
  })

  test('a refused record writes no job, no attempt and no line of the audit', async () => {
    const { store } = await setUp()
    const record = sampleRecord()
    const attempts = [{ add: sampleAttempt(record.id) }]
    const written = { ...beside, attempts, jobs: [sampleJob()] }
    const limits = { starts: 0, since: NOON, unfinished: 9 }
    expect(await codeOf(store.records.create(record, written, limits))).toBe('upload_limit_reached')
    expect(await store.records.find(record.id)).toBeUndefined()
    expect(await store.attempts.of(record.id)).toEqual([])
    expect(await store.audit.of(record.id)).toEqual([])
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
  })

  test('counts what was begun since then, what is unfinished, and of this owner only', async () => {
    const { store } = await setUp()
    const done = sampleRecord({ createdAt: NOON - 1 })
    await store.records.create(done, beside)
    await store.records.create(sampleRecord({ ownerId: 'eve' }), beside)
    const limits = { starts: 1, since: NOON, unfinished: 1 }
    expect(await codeOf(store.records.create(sampleRecord(), beside, limits))).toBe(
      'upload_limit_reached',
    )
    const delivered = await store.records.move(done, 'delivered', { beside })
    expect(await codeOf(store.records.create(sampleRecord(), beside, limits))).toBe(
      'upload_limit_reached',
    )
    await store.records.move(delivered ?? done, 'ready', { beside })
    expect(await codeOf(store.records.create(sampleRecord(), beside, limits))).toBe('none')
  })

  test('a known upload is never refused', async () => {
    const { store } = await setUp()
    const { record } = await store.records.create(sampleRecord(), beside)
    const again = sampleRecord({ uploadId: record.uploadId })
    const limits = { starts: 0, since: 0, unfinished: 0 }
    expect(await store.records.create(again, { ...beside, room }, limits)).toEqual({
      record,
      created: 'known',
    })
  })

  test('of many who want room at once, no more get it than there is', async () => {
    const { store } = await setUp()
    const records = Array.from({ length: 20 }, (_, at) => sampleRecord({ ownerId: `o${at % 4}` }))
    for (const record of records) await store.records.create(record, beside)
    const park = (record: ImageRecord) =>
      store.records.move(record, 'parked', { kept: kept(20), beside: { ...beside, room } })
    const codes = await Promise.all(records.map((record) => codeOf(park(record))))
    expect(tally(codes)).toBe(5)
    expect(new Set(codes)).toEqual(new Set(['none', 'storage_full']))
    const parked = await store.records.list({ states: ['parked'], limit: 99 })
    for (const owner of ['o0', 'o1', 'o2', 'o3']) {
      expect(parked.filter(({ ownerId }) => ownerId === owner).length).toBeLessThanOrEqual(2)
    }
  })

  test('a record does not stand in its own way, and gives its room back', async () => {
    const { store } = await setUp()
    const { record } = await store.records.create(sampleRecord({ kept: kept(50) }), {
      ...beside,
      room,
    })
    const other = sampleRecord({ kept: kept(1) })
    expect(await codeOf(store.records.create(other, { ...beside, room }))).toBe('storage_full')
    const larger = { kept: kept(50), beside: { ...beside, room } }
    const parked = await store.records.move(record, 'parked', larger)
    if (parked) await store.records.move(parked, 'delivered', { kept: null, beside })
    expect(await codeOf(store.records.create(other, { ...beside, room }))).toBe('none')
  })

  test('room is asked only where the kept bytes change', async () => {
    const { store } = await setUp()
    const { record } = await store.records.create(sampleRecord({ kept: kept(999) }), beside)
    const move = store.records.move(record, 'parked', { beside: { ...beside, room } })
    expect(await move).toMatchObject({ state: 'parked', kept: kept(999) })
  })
}
