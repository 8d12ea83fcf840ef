import { expect, test } from 'vitest'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore, RecordChanges } from '../uploads/store.ts'
import {
  atOnce,
  beside,
  NOON,
  openWithClock,
  sampleAttempt,
  sampleJob,
  sampleRecord,
} from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

const failure = {
  code: 'circuit_open',
  stage: 'provision',
  message: 'Paused.',
  retryAfterMs: 5,
} as const

export function describeRecords(openStore: OpenImagesStore): void {
  const setUp = () => openWithClock(openStore)

  test('gives back what was created, with every column', async () => {
    const { store } = await setUp()
    const bare = sampleRecord({ tenantId: null, metadata: {}, unusedSince: null, height: 8 })
    const full = sampleRecord({
      tenantId: 't',
      privacy: 'public',
      facts: 'verified',
      cloudflareId: 'c',
      attemptId: 'a',
      failure: { ...failure, requestId: 'r', measure: { actual: 2, limit: 1 } },
      kept: { sizeBytes: 3_000_000_000, until: NOON + 5 },
    })
    for (const record of [bare, full]) {
      expect(await store.records.create(record, beside)).toEqual({ record, created: 'new' })
      expect(await store.records.find(record.id)).toEqual(record)
    }
    expect(await store.records.find('nothing')).toBeUndefined()
  })

  test('finds many, those that are there, each once', async () => {
    const { store } = await setUp()
    const records = [sampleRecord(), sampleRecord()]
    for (const record of records) await store.records.create(record, beside)
    const ids = records.map(({ id }) => id)
    const found = await store.records.findMany([...ids, 'nothing', ...ids])
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(await store.records.findMany([])).toEqual([])
  })

  test('makes one record for an owner and upload id, however many ask at once', async () => {
    const { store } = await setUp()
    const uploadId = crypto.randomUUID()
    const made = await atOnce(20, () => {
      const record = sampleRecord({ uploadId })
      const attempts = [{ add: sampleAttempt(record.id) }]
      const jobs = [sampleJob({ kind: 'expire', subject: record.id })]
      return store.records.create(record, { ...beside, attempts, jobs })
    })
    expect(made.filter(({ created }) => created === 'new')).toHaveLength(1)
    const [id = '', ...others] = new Set(made.map(({ record }) => record.id))
    expect(others).toEqual([])
    expect(await store.attempts.of(id)).toHaveLength(1)
    expect(await store.jobs.list({ limit: 99 })).toMatchObject([{ subject: id }])
    expect(await store.audit.of(id)).toHaveLength(1)
  })

  test('keeps the same upload id of another owner apart', async () => {
    const { store } = await setUp()
    const { uploadId } = (await store.records.create(sampleRecord(), beside)).record
    const eves = sampleRecord({ uploadId, ownerId: 'eve' })
    expect((await store.records.create(eves, beside)).created).toBe('new')
  })

  test('refuses an id that another record has, and writes nothing', async () => {
    const { store } = await setUp()
    const record = sampleRecord()
    await store.records.create(record, beside)
    const twin = sampleRecord({ id: record.id })
    await expect(store.records.create(twin, { ...beside, jobs: [sampleJob()] })).rejects.toThrow(
      TypeError,
    )
    expect(await store.records.find(record.id)).toEqual(record)
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
  })

  test('of many who move a record at once, one does, with all that is written beside it', async () => {
    const { store } = await setUp()
    const { record: seen } = await store.records.create(sampleRecord(), beside)
    const moves = await atOnce(20, (at) => {
      const attempts = [{ add: sampleAttempt(seen.id) }]
      const jobs = [sampleJob()]
      const change = { cloudflareId: `c${at}`, beside: { ...beside, attempts, jobs } }
      return store.records.move(seen, 'pending', change)
    })
    const moved = moves.filter((one) => one !== undefined)
    expect(moved).toHaveLength(1)
    expect(await store.records.find(seen.id)).toEqual(moved[0])
    expect(moved[0]).toMatchObject({ state: 'pending', version: 1 })
    expect(await store.attempts.of(seen.id)).toHaveLength(1)
    expect(await store.jobs.list({ limit: 99 })).toHaveLength(1)
    expect(await store.audit.of(seen.id)).toHaveLength(2)
  })

  test('moves only what a caller has seen as it is now', async () => {
    const { store } = await setUp()
    const { record: seen } = await store.records.create(sampleRecord(), beside)
    const noted = await store.records.move(seen, 'requested', { failure, beside })
    expect(await store.records.move(seen, 'pending', { beside })).toBeUndefined()
    expect(await store.records.move(sampleRecord(), 'pending', { beside })).toBeUndefined()
    expect(await store.records.find(seen.id)).toEqual(noted)
  })

  test('changes what it is told to, the time, and nothing else', async () => {
    const { clock, store } = await setUp()
    const { record: seen } = await store.records.create(sampleRecord(), beside)
    clock.now += 7
    const changes = {
      cloudflareId: 'c',
      attemptId: 'a',
      failure,
      kept: { sizeBytes: 5, until: NOON + 9 },
      facts: 'verified',
      contentType: 'image/png',
      sizeBytes: 6,
      width: 7,
      height: 8,
      filename: 'other.png',
      privacy: 'public',
      metadata: { b: 'c' },
      thumbhash: 'aGFzaA==',
    } as const satisfies Required<RecordChanges>
    const moved = await store.records.move(seen, 'parked', { ...changes, beside })
    const expected = { ...seen, ...changes, state: 'parked', version: 1, updatedAt: NOON + 7 }
    expect(moved).toEqual(expected)
    expect(await store.records.find(seen.id)).toEqual(expected)
    const nothing = { failure: null, kept: null, attemptId: null, thumbhash: null }
    const back = moved && (await store.records.move(moved, 'parked', { ...nothing, beside }))
    expect(back).toEqual({ ...expected, ...nothing, version: 2 })
  })

  test('refuses an illegal move and writes nothing', async () => {
    const { store } = await setUp()
    const { record: seen } = await store.records.create(sampleRecord(), beside)
    const illegal = store.records.move(seen, 'ready', {
      beside: { ...beside, jobs: [sampleJob()] },
    })
    await expect(illegal).rejects.toThrow(TypeError)
    expect(await store.records.find(seen.id)).toEqual(seen)
    await expectNothingBeside(store, seen)
  })

  test('a move that comes too late writes no job, no attempt and no line of the audit', async () => {
    const { store } = await setUp()
    const { record: seen } = await store.records.create(sampleRecord(), beside)
    const attempts = [{ add: sampleAttempt(seen.id) }]
    const late = { ...beside, attempts, jobs: [sampleJob()] }
    expect(
      await store.records.move({ ...seen, version: 9 }, 'pending', { beside: late }),
    ).toBeUndefined()
    await expectNothingBeside(store, seen)
  })

  test('a move beside which an attempt may not change writes nothing at all', async () => {
    const { store } = await setUp()
    const attempt = sampleAttempt('', { outcome: 'closed' })
    const record = sampleRecord()
    const first = { add: { ...attempt, imageId: record.id } }
    await store.records.create(record, { ...beside, attempts: [first] })
    const added = { add: sampleAttempt(record.id) }
    const win = { id: attempt.id, set: { outcome: 'won' }, while: ['open', 'failed'] } as const
    const refused = { ...beside, attempts: [added, win], jobs: [sampleJob()] }
    expect(
      await store.records.move(record, 'delivered', { cloudflareId: 'c', beside: refused }),
    ).toBeUndefined()
    expect(await store.records.find(record.id)).toEqual(record)
    expect(await store.attempts.of(record.id)).toEqual([first.add])
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
    expect(await store.audit.of(record.id)).toHaveLength(1)
  })

  test('writes a line of the audit for each change, oldest first', async () => {
    const { clock, store } = await setUp()
    const { record } = await store.records.create(sampleRecord(), beside)
    clock.now += 1
    const noted = await store.records.move(record, 'requested', {
      failure,
      beside: { actor: 'upload' },
    })
    clock.now += 1
    const change = { attemptId: 'a', failure: null, beside: { actor: 'sweep' } }
    if (noted) await store.records.move(noted, 'delivered', change)
    const line = { imageId: record.id, attemptId: null, code: null }
    expect(await store.audit.of(record.id)).toEqual([
      { ...line, version: 0, at: NOON, actor: 'ada', from: null, to: 'requested' },
      {
        ...line,
        version: 1,
        at: NOON + 1,
        actor: 'upload',
        from: 'requested',
        to: 'requested',
        code: 'circuit_open',
      },
      {
        ...line,
        version: 2,
        at: NOON + 2,
        actor: 'sweep',
        from: 'requested',
        to: 'delivered',
        attemptId: 'a',
      },
    ])
    expect(await store.audit.of('nothing')).toEqual([])
  })

  test('lists an owner’s records in pages, newest first, each once, though some are added meanwhile', async () => {
    const { store } = await setUp()
    const create = (changes: Partial<ImageRecord>) =>
      store.records.create(sampleRecord(changes), beside)
    for (const createdAt of [1, 2, 2, 2, 3]) await create({ createdAt })
    await create({ ownerId: 'eve', createdAt: 2 })
    const first = await store.records.list({ ownerId: 'ada', limit: 3 })
    await create({ createdAt: 9 })
    const after = first.at(-1)
    const second = await store.records.list({ ownerId: 'ada', limit: 3, ...(after && { after }) })
    const all = [...first, ...second]
    expect(all.map(({ createdAt }) => createdAt)).toEqual([3, 2, 2, 2, 1])
    expect(new Set(all.map(({ id }) => id)).size).toBe(5)
  })

  test('orders those of one millisecond by the bytes of their ids', async () => {
    const { store } = await setUp()
    for (const id of ['b', 'B', 'a-', 'a', '_', '0']) {
      await store.records.create(sampleRecord({ id }), beside)
    }
    const listed = await store.records.list({ limit: 9 })
    expect(listed.map(({ id }) => id)).toEqual(['b', 'a-', 'a', '_', 'B', '0'])
  })

  test('lists by state, by when it was last used and by when it last changed', async () => {
    const { clock, store } = await setUp()
    const seen = sampleRecord({ unusedSince: NOON - 9 })
    const used = sampleRecord({ unusedSince: null })
    const fresh = sampleRecord()
    for (const record of [seen, used, fresh]) await store.records.create(record, beside)
    clock.now += 5
    await store.records.move(seen, 'pending', { beside })
    const list = async (query: object) =>
      (await store.records.list({ limit: 9, ...query })).map(({ id }) => id).toSorted()
    expect(await list({ states: ['pending'] })).toEqual([seen.id])
    expect(await list({ states: ['pending', 'requested'] })).toHaveLength(3)
    expect(await list({ states: [] })).toEqual([])
    expect(await list({ unusedBefore: NOON })).toEqual([seen.id])
    expect(await list({ updatedBefore: NOON + 5 })).toEqual([used.id, fresh.id].toSorted())
    expect(await list({ ownerId: 'eve' })).toEqual([])
  })

  test('counts records by state, by where and why they stalled, and by the rung they took', async () => {
    const { clock, store } = await setUp()
    const parked = sampleRecord()
    const older = sampleAttempt(parked.id, { rung: 'direct' })
    const newer = sampleAttempt(parked.id, { rung: 'park', createdAt: NOON + 1 })
    const attempts = [{ add: older }, { add: newer }]
    await store.records.create(parked, { ...beside, attempts })
    await store.records.create(sampleRecord(), beside)
    await store.records.create(sampleRecord({ updatedAt: NOON - 1 }), beside)
    clock.now += 3
    const moved = await store.records.move(parked, 'parked', { failure, beside })
    const none = { stage: null, code: null, rung: null }
    const requested = { state: 'requested', ...none, count: 2, oldestAt: NOON - 1 }
    const stalled = { state: 'parked', stage: 'provision', code: 'circuit_open', count: 1 }
    const count = async () =>
      (await store.records.count()).toSorted((one, other) => one.count - other.count)
    expect(await count()).toEqual([{ ...stalled, rung: 'park', oldestAt: NOON + 3 }, requested])
    if (moved) await store.records.move(moved, 'parked', { attemptId: older.id, beside })
    expect(await count()).toEqual([{ ...stalled, rung: 'direct', oldestAt: NOON + 3 }, requested])
  })
}

async function expectNothingBeside(store: ImagesStore, { id }: ImageRecord): Promise<void> {
  expect(await store.attempts.of(id)).toEqual([])
  expect(await store.jobs.list({ limit: 9 })).toEqual([])
  expect(await store.audit.of(id)).toHaveLength(1)
}
