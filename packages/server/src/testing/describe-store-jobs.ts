import { expect, test } from 'vitest'
import type { Job, JobOutcome, NewJob } from '../jobs/job-store.ts'
import { atOnce, NOON, openWithClock, sampleJob } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

const done: JobOutcome = { status: 'done' }
const dead: JobOutcome = { status: 'dead', code: 'host_refused' }
const again = (runAt: number): JobOutcome => ({
  status: 'again',
  runAt,
  tries: 2,
  pauseMs: 40,
  code: 'host_unavailable',
})

export function describeJobs(openStore: OpenImagesStore): void {
  async function setUp() {
    const { clock, store } = await openWithClock(openStore)
    const { jobs } = store
    const claim = (
      owner: string,
      more: { readonly limit?: number; readonly keys?: string[] } = {},
    ) => jobs.claim({ lease: { owner, until: clock.now + 100 }, now: clock.now, limit: 9, ...more })
    const enqueue = (changes: Partial<NewJob> = {}) =>
      jobs.enqueue([{ kind: 'confirm', subject: 'a', runAt: clock.now, ...changes }])
    const find = () => jobs.find('confirm:a')
    return { clock, jobs, claim, enqueue, find }
  }

  /** A job that `one` is at. */
  async function setUpClaimed() {
    const world = await setUp()
    await world.enqueue()
    const [job] = await world.claim('one')
    if (!job) throw new Error('There was nothing to claim.')
    return { ...world, job }
  }

  test('keeps what was enqueued', async () => {
    const { jobs, enqueue, find } = await setUp()
    const lease = { owner: 'one', until: NOON + 50 }
    await enqueue({ runAt: NOON + 5, lease })
    const job: Job = {
      key: 'confirm:a',
      kind: 'confirm',
      subject: 'a',
      state: 'queued',
      runAt: NOON + 5,
      tries: 0,
      pauseMs: 0,
      lease,
      code: null,
      revision: 0,
      createdAt: NOON,
    }
    expect(await find()).toEqual(job)
    expect(await jobs.list({ limit: 9 })).toEqual([job])
    expect(await jobs.find('confirm:b')).toBeUndefined()
  })

  test('enqueuing again makes it due at the earlier time, and raises its revision', async () => {
    const { jobs, enqueue, find } = await setUp()
    await enqueue({ runAt: NOON + 50 })
    await enqueue({ runAt: NOON + 20 })
    expect(await find()).toMatchObject({ runAt: NOON + 20, revision: 1 })
    await enqueue({ runAt: NOON + 90 })
    expect(await find()).toMatchObject({ runAt: NOON + 20, revision: 2 })
    expect(await jobs.list({ limit: 9 })).toHaveLength(1)
    expect(await jobs.nextAt()).toBe(NOON + 20)
  })

  test('many who enqueue the same at once make one job', async () => {
    const { jobs, enqueue, find } = await setUp()
    await atOnce(20, (at) => enqueue({ runAt: NOON + 20 - at }))
    expect(await jobs.list({ limit: 99 })).toHaveLength(1)
    expect(await find()).toMatchObject({ runAt: NOON + 1, revision: 19 })
  })

  test('one call may hold the same job twice, and thousands', async () => {
    const { jobs, find } = await setUp()
    const twice = [sampleJob({ subject: 'a', runAt: 9 }), sampleJob({ subject: 'a', runAt: 7 })]
    const many = Array.from({ length: 1200 }, (_, at) => sampleJob({ subject: `many ${at}` }))
    await jobs.enqueue([...twice, ...many])
    expect(await find()).toMatchObject({ runAt: 7, revision: 1 })
    expect(await jobs.count()).toEqual([
      { kind: 'confirm', state: 'queued', count: 1201, oldestAt: NOON },
    ])
    await jobs.enqueue([])
  })

  test('leases due jobs, earliest first, up to a limit', async () => {
    const { jobs, claim, enqueue } = await setUp()
    const times = { c: NOON, a: NOON - 5, b: NOON, d: NOON + 1, e: NOON - 9 }
    for (const [subject, runAt] of Object.entries(times)) await enqueue({ subject, runAt })
    const first = await claim('one', { limit: 2 })
    expect(first.map(({ subject }) => subject)).toEqual(['e', 'a'])
    expect(first[0]?.lease).toEqual({ owner: 'one', until: NOON + 100 })
    expect((await claim('two')).map(({ subject }) => subject)).toEqual(['b', 'c'])
    expect(await claim('three')).toEqual([])
    expect(await jobs.find('confirm:e')).toEqual(first[0])
  })

  test('claims only what it is asked for', async () => {
    const { jobs, claim, enqueue } = await setUp()
    for (const subject of ['a', 'b', 'c']) await enqueue({ subject })
    await enqueue({ subject: 'late', runAt: NOON + 1 })
    await enqueue({ kind: 'expire' })
    const keys = ['confirm:b', 'confirm:late', 'confirm:nothing']
    expect(await claim('one', { keys })).toMatchObject([{ subject: 'b' }])
    expect(await claim('one', { keys: [] })).toEqual([])
    const lease = { owner: 'two', until: NOON + 9 }
    const byKind = (...kinds: ('expire' | 'forward')[]) =>
      jobs.claim({ lease, now: NOON, limit: 9, kinds })
    expect(await byKind()).toEqual([])
    expect(await byKind('expire', 'forward')).toMatchObject([{ key: 'expire:a' }])
    expect(await claim('one')).toHaveLength(2)
  })

  test('never gives a job to two at once, however many claim', async () => {
    const { claim, enqueue, clock } = await setUp()
    await atOnce(100, (at) => enqueue({ subject: `job ${at}` }))
    for (let round = 0; round < 3; round += 1) {
      const claimed = (await atOnce(20, (at) => claim(`${round} ${at}`, { limit: 10 }))).flat()
      expect(new Set(claimed.map(({ key }) => key)).size).toBe(claimed.length)
      const rest = await claim('last', { limit: 100 })
      expect(claimed.length + rest.length).toBe(100)
      clock.now += 100
    }
  })

  test('a job whose lease is over can be claimed again', async () => {
    const { clock, claim, jobs } = await setUpClaimed()
    clock.now += 99
    expect(await claim('two')).toEqual([])
    expect(await jobs.nextAt()).toBe(NOON + 100)
    clock.now += 1
    expect(await claim('two')).toMatchObject([{ key: 'confirm:a', lease: { owner: 'two' } }])
  })

  test('renews the leases that are still the owner’s', async () => {
    const { clock, claim, enqueue, jobs } = await setUpClaimed()
    await enqueue({ subject: 'b' })
    await claim('two')
    const lease = { owner: 'one', until: NOON + 300 }
    expect(await jobs.renew(['confirm:a', 'confirm:b', 'confirm:c'], lease)).toEqual(['confirm:a'])
    expect(await jobs.renew([], lease)).toEqual([])
    clock.now += 250
    expect((await claim('three')).map(({ key }) => key)).toEqual(['confirm:b'])
    expect(await jobs.nextAt()).toBe(NOON + 300)
  })

  test('what is done is gone', async () => {
    const { jobs, job, find } = await setUpClaimed()
    expect(await jobs.settle(job, 'one', done)).toBe('settled')
    expect(await find()).toBeUndefined()
    expect(await jobs.settle(job, 'one', done)).toBe('lost')
    expect(await jobs.nextAt()).toBeUndefined()
  })

  test('what was done and is enqueued anew is another job: an outcome that comes twice, or late, is not its own', async () => {
    const { jobs, job, find, claim, clock } = await setUpClaimed()
    await jobs.settle(job, 'one', done)
    clock.now += 1
    await jobs.enqueue([{ kind: job.kind, subject: job.subject, runAt: NOON }])
    await claim('one')
    const anew = await find()
    for (const outcome of [
      done,
      again(NOON + 40),
      { status: 'dead', code: 'not_found' } as const,
    ]) {
      expect(await jobs.settle(job, 'one', outcome)).toBe('lost')
    }
    expect(await find()).toEqual(anew)
  })

  test('what is to be done again is due then, with what it has used up', async () => {
    const { jobs, job, find, claim } = await setUpClaimed()
    expect(await jobs.settle(job, 'one', again(NOON + 40))).toBe('settled')
    expect(await find()).toEqual({
      ...job,
      runAt: NOON + 40,
      tries: 2,
      pauseMs: 40,
      code: 'host_unavailable',
      lease: null,
    })
    expect(await claim('two')).toEqual([])
    expect(await jobs.nextAt()).toBe(NOON + 40)
  })

  test('a time between two milliseconds, such as a circuit tells, is the next whole one', async () => {
    const { clock, jobs, job, find } = await setUpClaimed()
    expect(await jobs.settle(job, 'one', again(clock.now + 0.5))).toBe('settled')
    expect((await find())?.runAt).toBe(clock.now + 1)
  })

  test('what is dead is not claimed, until somebody replays it', async () => {
    const { clock, jobs, job, find, claim } = await setUpClaimed()
    await jobs.settle({ ...job, tries: 9 }, 'one', dead)
    clock.now += 1000
    expect(await find()).toMatchObject({ state: 'dead', code: 'host_refused', lease: null })
    expect(await claim('two')).toEqual([])
    expect(await jobs.nextAt()).toBeUndefined()
    expect(await jobs.list({ state: 'dead', limit: 9 })).toHaveLength(1)
    expect(await jobs.replay(job.key)).toBe('replayed')
    expect(await jobs.replay(job.key)).toBe('missing')
    expect(await jobs.replay('confirm:nothing')).toBe('missing')
    expect(await find()).toMatchObject({ state: 'queued', tries: 0, pauseMs: 0, runAt: clock.now })
    expect(await claim('two')).toHaveLength(1)
  })

  test('a dead one that is enqueued again is queued, with its tries at 0 and its new time', async () => {
    const { jobs, job, find, enqueue } = await setUpClaimed()
    await jobs.settle({ ...job, tries: 9 }, 'one', dead)
    await enqueue({ runAt: NOON + 70 })
    expect(await find()).toMatchObject({ state: 'queued', tries: 0, pauseMs: 0, runAt: NOON + 70 })
  })

  test('an outcome counts only while the lease is the owner’s', async () => {
    const { clock, jobs, job, claim, find } = await setUpClaimed()
    expect(await jobs.settle(job, 'stranger', done)).toBe('lost')
    clock.now += 100
    const [taken] = await claim('two')
    for (const outcome of [done, dead, again(0)]) {
      expect(await jobs.settle(job, 'one', outcome)).toBe('lost')
    }
    expect(await find()).toEqual(taken)
    expect(taken && (await jobs.settle(taken, 'two', done))).toBe('settled')
  })

  test('an owner that comes late still settles, if nobody else has begun', async () => {
    const { clock, jobs, job, find } = await setUpClaimed()
    clock.now += 5000
    expect(await jobs.settle(job, 'one', done)).toBe('settled')
    expect(await find()).toBeUndefined()
  })

  test('a job that was enqueued again since it was claimed is not done: it is queued with its new time', async () => {
    const { jobs, job, enqueue, find, claim } = await setUpClaimed()
    await enqueue({ runAt: NOON + 70 })
    await enqueue({ runAt: NOON + 30 })
    await enqueue({ runAt: NOON + 90 })
    expect(await claim('two')).toEqual([])
    expect(await jobs.settle(job, 'one', done)).toBe('settled')
    expect(await find()).toMatchObject({ state: 'queued', runAt: NOON + 30, tries: 0, lease: null })
    expect(await claim('two')).toEqual([])
  })

  test('nor is it dead, and it does not wait for longer than it was asked to', async () => {
    const first = await setUpClaimed()
    await first.enqueue({ runAt: NOON + 30 })
    await first.jobs.settle({ ...first.job, tries: 9 }, 'one', dead)
    expect(await first.find()).toMatchObject({ state: 'queued', runAt: NOON + 30, tries: 0 })
    for (const [runAt, expected] of [
      [NOON + 60, NOON + 30],
      [NOON + 10, NOON + 10],
    ] as const) {
      const second = await setUpClaimed()
      await second.enqueue({ runAt: NOON + 30 })
      await second.jobs.settle(second.job, 'one', again(runAt))
      expect(await second.find()).toMatchObject({ runAt: expected, tries: 2, lease: null })
    }
  })

  test('what was asked for during a try is not late if that process dies', async () => {
    const { clock, enqueue, claim } = await setUpClaimed()
    await enqueue({ runAt: NOON + 9000 })
    clock.now += 100
    expect(await claim('two')).toHaveLength(1)
  })

  test('who enqueues with a lease is at it, unless somebody else is', async () => {
    const { clock, jobs, enqueue, claim, find } = await setUp()
    await enqueue()
    await enqueue({ lease: { owner: 'one', until: NOON + 50 } })
    expect(await claim('two')).toEqual([])
    await enqueue({ lease: { owner: 'two', until: NOON + 90 } })
    expect(await find()).toMatchObject({ lease: { owner: 'one', until: NOON + 50 } })
    await enqueue({ lease: { owner: 'one', until: NOON + 60 } })
    expect(await find()).toMatchObject({ lease: { owner: 'one', until: NOON + 60 } })
    clock.now += 60
    await enqueue({ lease: { owner: 'two', until: NOON + 90 } })
    const job = await find()
    expect(job).toMatchObject({ lease: { owner: 'two', until: NOON + 90 } })
    expect(job && (await jobs.settle(job, 'one', done))).toBe('lost')
    expect(job && (await jobs.settle(job, 'two', done))).toBe('settled')
    expect(await find()).toBeUndefined()
  })

  test('lists by key in pages, by state and kind', async () => {
    const { jobs, enqueue } = await setUp()
    for (const subject of ['b', 'B', 'a', '_', 'c']) await enqueue({ subject })
    await enqueue({ kind: 'expire' })
    const keys = async (query: object) =>
      (await jobs.list({ limit: 3, ...query })).map(({ key }) => key)
    expect(await keys({})).toEqual(['confirm:B', 'confirm:_', 'confirm:a'])
    expect(await keys({ after: 'confirm:a' })).toEqual(['confirm:b', 'confirm:c', 'expire:a'])
    expect(await keys({ kind: 'expire' })).toEqual(['expire:a'])
    expect(await keys({ state: 'dead' })).toEqual([])
  })

  test('counts by kind and state', async () => {
    const { clock, jobs, enqueue } = await setUp()
    await enqueue()
    clock.now += 5
    await enqueue({ subject: 'b' })
    await enqueue({ kind: 'expire' })
    const counts = (await jobs.count()).toSorted((one, other) => other.count - one.count)
    expect(counts).toEqual([
      { kind: 'confirm', state: 'queued', count: 2, oldestAt: NOON },
      { kind: 'expire', state: 'queued', count: 1, oldestAt: NOON + 5 },
    ])
  })

  test('tells when the next job is due', async () => {
    const { jobs, enqueue } = await setUp()
    expect(await jobs.nextAt()).toBeUndefined()
    await enqueue({ runAt: NOON + 9 })
    await enqueue({ subject: 'b', runAt: NOON + 4 })
    expect(await jobs.nextAt()).toBe(NOON + 4)
  })
}
