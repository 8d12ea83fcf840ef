import { ImagesError } from '@lightfast/core'
import { expect, test, vi } from 'vitest'
import { createGate, setUpJobs, silentJobs, subjects } from '../test-support/set-up-jobs.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { JobResult, JobTools } from './job-handler.ts'
import type { Job } from './job-store.ts'
import type { JobLogger } from './job-logger.ts'

const done = async () => 'done' as const

test('does what is due, and what becomes due, and forgets it', async () => {
  const handled: string[] = []
  const rig = setUpJobs({
    handle: async ({ key }) => {
      handled.push(`${rig.time.now()} ${key}`)
      return 'done'
    },
  })
  await rig.enqueue('forward', ['late'], 5300)
  await rig.enqueue('forward', ['due'])
  rig.runner.start()
  await rig.time.advance(5299)
  expect(handled).toEqual(['0 forward:due'])
  await rig.time.advance(1)
  expect(handled).toEqual(['0 forward:due', '5300 forward:late'])
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('finds what was enqueued without a word at the next poll, and at once with one', async () => {
  const handle = vi.fn<() => Promise<'done'>>(done)
  const rig = setUpJobs({ handle })
  rig.runner.start()
  await rig.time.advance(100)
  await rig.enqueue('forward', ['silent'])
  await rig.time.advance(899)
  expect(handle).toHaveBeenCalledTimes(0)
  await rig.time.advance(1)
  expect(handle).toHaveBeenCalledTimes(1)
  await rig.enqueue('forward', ['told'])
  rig.runner.nudge()
  await rig.time.advance(0)
  expect(handle).toHaveBeenCalledTimes(2)
  await rig.stop()
})

test('an idle runner asks the store twice a second at the most', async () => {
  const rig = setUpJobs({ handle: done })
  const claim = vi.spyOn(rig.store, 'claim')
  const nextAt = vi.spyOn(rig.store, 'nextAt')
  await rig.enqueue('forward', ['far'], 1e9)
  rig.runner.start()
  await rig.time.advance(60_000)
  expect(claim.mock.calls.length + nextAt.mock.calls.length).toBeLessThanOrEqual(2 * 61)
  await rig.stop()
})

test('does as many side by side as it was told, and never more', async () => {
  let [active, most] = [0, 0]
  const rig = setUpJobs({
    concurrency: 5,
    handle: async () => {
      most = Math.max(most, (active += 1))
      await new Promise<void>((resolve) => rig.time.schedule(resolve, 10))
      active -= 1
      return 'done'
    },
  })
  await rig.enqueue('forward', subjects(23))
  rig.runner.start()
  await rig.time.advance(50)
  expect([most, await rig.keys()]).toEqual([5, []])
  await rig.stop()
})

test('a job that was asked for again while it was done is done again', async () => {
  const gate = createGate()
  const handle = vi.fn<() => Promise<'done'>>(async () => {
    await gate.opened
    return 'done'
  })
  const rig = setUpJobs({ handle })
  await rig.enqueue('confirm', ['a'])
  rig.runner.start()
  await rig.time.advance(100)
  await rig.enqueue('confirm', ['a'], 100)
  gate.open()
  await rig.time.advance(1000)
  expect(handle).toHaveBeenCalledTimes(2)
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('a job that asks to be looked at again comes again then, as often as it asks', async () => {
  const times: number[] = []
  const rig = setUpJobs({
    handle: async () => {
      const now = rig.time.now()
      times.push(now)
      return times.length < 15 ? { againAt: now + 400 } : 'done'
    },
  })
  await rig.enqueue('confirm', ['a'])
  rig.runner.start()
  await rig.time.advance(6000)
  expect(times).toEqual(Array.from({ length: 15 }, (_, at) => at * 400))
  await rig.stop()
})

test('a job that always fails has ten tries with growing pauses, and is told once it is dead; replayed, it begins anew', async () => {
  const times: number[] = []
  const warn = vi.fn<JobLogger['warn']>()
  const rig = setUpJobs({
    time: createVirtualTime(),
    logger: { ...silentJobs, warn },
    handle: async () => {
      times.push(rig.time.now())
      throw new Error('a secret')
    },
  })
  await rig.enqueue('forward', ['id-of-an-image'])
  rig.runner.start()
  await rig.time.advance(3_000_000)
  expect(times).toHaveLength(10)
  const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect(await rig.store.find('forward:id-of-an-image')).toMatchObject({
    state: 'dead',
    code: 'server_failed',
  })
  const dead = {
    type: 'job-settled',
    kind: 'forward',
    outcome: 'dead',
    code: 'server_failed',
    durationMs: 0,
  }
  expect(warn.mock.calls).toEqual([['lightfast: a job was given up', dead]])
  expect(rig.events.map((event) => event.type === 'job-settled' && event.outcome)).toEqual([
    ...Array.from({ length: 9 }, () => 'again'),
    'dead',
  ])
  await rig.store.replay('forward:id-of-an-image')
  rig.runner.nudge()
  await rig.time.advance(3_000_000)
  expect(times).toHaveLength(20)
  expect(JSON.stringify([rig.events, warn.mock.calls])).not.toMatch(/id-of-an-image|secret/)
  await rig.stop()
})

test('a handler that does not end has failed when its time is over, and its place is free', async () => {
  let heeded = false
  const rig = setUpJobs({
    concurrency: 1,
    runMs: 30_000,
    handle: ({ subject }, { signal }) => {
      if (subject === 'quick') return Promise.resolve('done')
      signal.addEventListener('abort', () => (heeded = true))
      return new Promise(() => undefined)
    },
  })
  await rig.enqueue('forward', ['hangs'])
  rig.runner.start()
  await rig.time.advance(100)
  await rig.enqueue('forward', ['quick'])
  await rig.time.advance(29_899)
  expect(await rig.keys()).toHaveLength(2)
  await rig.time.advance(1)
  expect(heeded).toBe(true)
  expect(await rig.keys()).toEqual(['forward:hangs'])
  expect(await rig.store.find('forward:hangs')).toMatchObject({ tries: 1, code: 'server_failed' })
  await rig.stop()
})

test('confirms that are due together are handed over together, and each has its own outcome', async () => {
  const batches: (readonly string[])[] = []
  const rig = setUpJobs({
    handle: done,
    batchSize: 4,
    handlers: {
      async confirmBatch(jobs: readonly Job[], { signal }: JobTools) {
        expect(signal.aborted).toBe(false)
        batches.push(jobs.map(({ subject }) => subject))
        return new Map<string, JobResult | ImagesError>([
          ['confirm:0000', 'done'],
          ['confirm:0001', { againAt: 5000 }],
          ['confirm:0002', new ImagesError('file_refused_by_host', 'A test.')],
        ])
      },
    },
  })
  await rig.enqueue('confirm', subjects(5))
  expect(await rig.runner.drain()).toEqual({ done: 1, again: 3, parked: 0, dead: 1, lost: 0 })
  expect(batches).toEqual([['0000', '0001', '0002', '0003'], ['0004']])
  expect(await rig.store.list({ limit: 9 })).toMatchObject([
    { subject: '0001', runAt: 5000, tries: 0 },
    { subject: '0002', state: 'dead', code: 'file_refused_by_host' },
    { subject: '0003', tries: 1, code: 'server_failed' },
    { subject: '0004', tries: 1, code: 'server_failed' },
  ])
})

test('a batch takes one place, and leaves the others to the rest', async () => {
  const gate = createGate()
  const handle = vi.fn<() => Promise<'done'>>(done)
  const rig = setUpJobs({
    concurrency: 2,
    handle,
    handlers: {
      async confirmBatch() {
        await gate.opened
        return new Map()
      },
    },
  })
  await rig.enqueue('confirm', subjects(50))
  await rig.enqueue('forward', subjects(3))
  rig.runner.start()
  await rig.time.advance(0)
  expect(handle).toHaveBeenCalledTimes(3)
  gate.open()
  await rig.time.advance(0)
  await rig.stop()
})

test('drains what is due and what that brings, but nothing that is due later', async () => {
  const rig = setUpJobs({
    handle: async ({ kind, subject }) => {
      if (kind === 'forward') await rig.enqueue('confirm', [subject])
      return 'done'
    },
  })
  await rig.enqueue('forward', subjects(30))
  await rig.enqueue('expire', ['late'], 1)
  expect(await rig.runner.drain()).toEqual({ done: 60, again: 0, parked: 0, dead: 0, lost: 0 })
  expect(await rig.keys()).toEqual(['expire:late'])
  expect(rig.time.timers()).toBe(0)
})

test('a drain with an end begins nothing after it, and waits for what it began', async () => {
  const rig = setUpJobs({
    concurrency: 1,
    handle: async () => {
      await new Promise<void>((resolve) => rig.time.schedule(resolve, 400))
      return 'done'
    },
  })
  await rig.enqueue('forward', subjects(9))
  const drained = rig.runner.drain({ until: 1000 })
  await rig.time.advance(5000)
  expect(await drained).toMatchObject({ done: 3 })
  expect(await rig.keys()).toHaveLength(6)
})

test('runs the jobs that it is given, if they are due, and no others', async () => {
  const rig = setUpJobs({ handle: done, concurrency: 2 })
  await rig.enqueue('forward', subjects(9))
  await rig.enqueue('expire', ['late'], 1)
  const keys = ['forward:0001', 'forward:0003', 'forward:0005', 'expire:late', 'close:nothing']
  expect(await rig.runner.run(keys)).toMatchObject({ done: 3 })
  expect(await rig.keys()).toHaveLength(7)
  expect(await rig.runner.run([])).toMatchObject({ done: 0 })
})

test('a drain and a loop beside it do each job once', async () => {
  const handled: string[] = []
  const rig = setUpJobs({
    handle: async ({ key }) => {
      handled.push(key)
      await new Promise<void>((resolve) => rig.time.schedule(resolve, 10))
      return 'done'
    },
  })
  await rig.enqueue('forward', subjects(40))
  rig.runner.start()
  const drained = rig.runner.drain()
  await rig.time.advance(1000)
  await drained
  expect(handled.toSorted()).toEqual(subjects(40).map((subject) => `forward:${subject}`))
  await rig.stop()
})

test('what a listener throws harms no job', async () => {
  const error = vi.fn<JobLogger['error']>()
  const rig = setUpJobs({ handle: done, logger: { ...silentJobs, error } })
  const bug = new Error('a bug of theirs')
  rig.runner.events.on('job-settled', () => {
    throw bug
  })
  await rig.enqueue('forward', subjects(2))
  expect(await rig.runner.drain()).toMatchObject({ done: 2 })
  expect(error.mock.calls).toEqual([
    ['lightfast: a listener threw', bug],
    ['lightfast: a listener threw', bug],
  ])
})

test.each([
  [{ concurrency: 0 }, RangeError, 'concurrency'],
  [{ leaseMs: Number.NaN }, RangeError, 'leaseMs'],
  [{ pollMs: -1 }, RangeError, 'pollMs'],
  [{ batchSize: 1.5 }, RangeError, 'batchSize'],
  [{ rules: { tries: 0 } }, RangeError, 'rules.tries'],
])('refuses %j, and names it', (options, error, name) => {
  const make = () => setUpJobs({ handle: done, ...options })
  expect(make).toThrow(error)
  expect(make).toThrow(name)
})
