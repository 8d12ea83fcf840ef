import { expect, test } from 'vitest'
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

const slot = { cloudflareId: 'c', url: 'https://upload.example/1', expiresAt: NOON + 5 }

export function describeAttempts(openStore: OpenImagesStore): void {
  async function setUp() {
    const { store } = await openWithClock(openStore)
    const { record } = await store.records.create(sampleRecord(), beside)
    return { store, record }
  }

  test('gives back what was added, with every column', async () => {
    const { store, record } = await setUp()
    const attempt = sampleAttempt(record.id, {
      rung: 'relay',
      outcome: 'failed',
      failureCode: 'host_unavailable',
      slot,
      cloudflareId: 'other',
      refusalCode: 5550,
      sentAt: NOON + 1,
    })
    expect(await store.attempts.change([{ add: attempt }])).toBe('changed')
    expect(await store.attempts.find(attempt.id)).toEqual(attempt)
    expect(await store.attempts.find('nothing')).toBeUndefined()
  })

  test('keeps the attempts of a record newest first, and of equals the one added later first', async () => {
    const { store, record } = await setUp()
    const other = await store.records.create(sampleRecord(), beside)
    const times = [1, 3, 2, 3, 3]
    const attempts = times.map((createdAt) => sampleAttempt(record.id, { createdAt }))
    for (const add of attempts) await store.attempts.change([{ add }])
    await store.attempts.change([{ add: sampleAttempt(other.record.id) }])
    const [one, three, two, second, third] = attempts
    expect(await store.attempts.of(record.id)).toEqual([third, second, three, two, one])
    expect(await store.attempts.of('nothing')).toEqual([])
  })

  test('sets what it is told to and nothing else', async () => {
    const { store, record } = await setUp()
    const attempt = sampleAttempt(record.id)
    await store.attempts.change([{ add: attempt }])
    const { id } = attempt
    const set = { slot, cloudflareId: 'c', outcome: 'failed', refusalCode: 1, sentAt: 2 } as const
    await store.attempts.change([{ id, set }])
    expect(await store.attempts.find(id)).toEqual({ ...attempt, ...set })
    await store.attempts.change([{ id, set: { slot: null, failureCode: 'slot_spent' } }])
    await store.attempts.change([{ id, set: {} }])
    expect(await store.attempts.find(id)).toEqual({
      ...attempt,
      ...set,
      slot: null,
      failureCode: 'slot_spent',
    })
  })

  test('changes happen all together or not at all, and their jobs with them', async () => {
    const { store, record } = await setUp()
    const [open, closed, added] = [
      sampleAttempt(record.id),
      sampleAttempt(record.id, { outcome: 'closed' }),
      sampleAttempt(record.id),
    ]
    await store.attempts.change([{ add: open }, { add: closed }])
    const changes = [
      { add: added },
      { id: open.id, set: { outcome: 'won' } },
      { id: closed.id, set: { outcome: 'won' }, while: ['open', 'failed'] },
    ] as const
    expect(await store.attempts.change(changes, [sampleJob()])).toBe('unchanged')
    expect(await store.attempts.find(open.id)).toEqual(open)
    expect(await store.attempts.find(added.id)).toBeUndefined()
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
    expect(await store.attempts.change(changes.slice(0, 2), [sampleJob()])).toBe('changed')
    expect(await store.attempts.find(open.id)).toMatchObject({ outcome: 'won' })
    expect(await store.jobs.list({ limit: 9 })).toHaveLength(1)
  })

  test('a later change sees an earlier one of the same write', async () => {
    const { store, record } = await setUp()
    const attempt = sampleAttempt(record.id)
    const fail = { id: attempt.id, set: { outcome: 'failed' }, while: ['open'] } as const
    expect(await store.attempts.change([{ add: attempt }, fail])).toBe('changed')
    expect(await store.attempts.change([fail])).toBe('unchanged')
  })

  test('a change that is about an attempt as it was sent, or was not sent, happens to no other', async () => {
    const { store, record } = await setUp()
    const attempt = sampleAttempt(record.id, { sentAt: null })
    await store.attempts.change([{ add: attempt }])
    const send = { id: attempt.id, set: { sentAt: NOON }, whileSentAt: null } as const
    expect(await store.attempts.change([send])).toBe('changed')
    expect(await store.attempts.change([send], [sampleJob()])).toBe('unchanged')
    const close = { id: attempt.id, set: { outcome: 'closed' } } as const
    expect(await store.attempts.change([{ ...close, whileSentAt: NOON - 1 }])).toBe('unchanged')
    expect(await store.attempts.find(attempt.id)).toEqual({ ...attempt, sentAt: NOON })
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
    expect(await store.attempts.change([{ ...close, whileSentAt: NOON }])).toBe('changed')
  })

  test('of many who change an attempt while it is open, one does', async () => {
    const { store, record } = await setUp()
    const attempt = sampleAttempt(record.id)
    await store.attempts.change([{ add: attempt }])
    const answers = await atOnce(20, (at) => {
      const set = { outcome: 'won', refusalCode: at } as const
      return store.attempts.change([{ id: attempt.id, set, while: ['open'] }], [sampleJob()])
    })
    expect(answers.filter((answer) => answer === 'changed')).toHaveLength(1)
    expect(await store.attempts.find(attempt.id)).toMatchObject({
      refusalCode: answers.indexOf('changed'),
    })
    expect(await store.jobs.list({ limit: 99 })).toHaveLength(1)
  })

  test('many are added to one record at once, and each is kept', async () => {
    const { store, record } = await setUp()
    await atOnce(20, () => store.attempts.change([{ add: sampleAttempt(record.id) }]))
    const attempts = await store.attempts.of(record.id)
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(20)
  })

  test('is found by Cloudflare’s id, the newest of those that have it, and many by their own', async () => {
    const { store, record } = await setUp()
    const older = sampleAttempt(record.id, { cloudflareId: 'c' })
    const newer = sampleAttempt(record.id, { cloudflareId: 'c', createdAt: NOON + 1 })
    await store.attempts.change([{ add: newer }, { add: older }])
    expect(await store.attempts.findByCloudflareId('c')).toEqual(newer)
    expect(await store.attempts.findByCloudflareId('d')).toBeUndefined()
    const found = await store.attempts.findMany([older.id, 'nothing', newer.id, older.id])
    expect(new Set(found)).toEqual(new Set([older, newer]))
    expect(found).toHaveLength(2)
  })

  test('refuses mistakes, and writes nothing: a strange image, an id used twice, a strange attempt', async () => {
    const { store, record } = await setUp()
    const [one, two] = [sampleAttempt(record.id), sampleAttempt(record.id)]
    const change = (...changes: Parameters<typeof store.attempts.change>[0]) =>
      store.attempts.change([{ add: one }, ...changes], [sampleJob()])
    expect(await codeOf(change({ add: sampleAttempt('nothing') }))).toBe('not_found')
    await expect(change({ add: two }, { add: two })).rejects.toThrow(TypeError)
    await expect(change({ id: 'nothing', set: {} })).rejects.toThrow(TypeError)
    expect(await store.attempts.of(record.id)).toEqual([])
    expect(await store.jobs.list({ limit: 9 })).toEqual([])
  })
}
