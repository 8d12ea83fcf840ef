/** What becomes of jobs when leases are lost, the store does not answer, clocks jump, and runners stop or die. */
import { ImagesError } from '@lightfast/core'
import { expect, test, vi } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { createGate, setUpJobs, subjects } from '../test-support/set-up-jobs.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { JobHandler } from './job-handler.ts'

const down = new ImagesError('store_unavailable', 'A secret.')

const hang: JobHandler = () => new Promise(() => undefined)

/** Ends when it is told to, and only then. */
const untilAborted: JobHandler = (_job, { signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('leases are renewed three times in their life, all in one call, so that long jobs stay ours', async () => {
  const gate = createGate()
  const rig = setUpJobs({
    handle: async () => {
      await gate.opened
      return 'done'
    },
  })
  const renew = vi.spyOn(rig.store, 'renew')
  await rig.enqueue('forward', subjects(8))
  rig.runner.start()
  await rig.time.advance(300_000)
  const other = setUpJobs({ handle: hang, store: rig.store, time: rig.time })
  expect(await other.runner.run(['forward:0000'])).toMatchObject({ done: 0 })
  expect(renew).toHaveBeenCalledTimes(15)
  expect(renew.mock.calls[0]).toEqual([
    subjects(8).map((subject) => `forward:${subject}`),
    { owner: 'id-1', until: 80_000 },
  ])
  gate.open()
  await rig.time.advance(0)
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('a job whose lease was lost is aborted, and its outcome is not written', async () => {
  let aborted = false
  const rig = setUpJobs({
    handle: async (_job, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      aborted = true
      return 'done'
    },
  })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.renew(['forward:a'], { owner: 'id-1', until: 0 })
  const thief = { owner: 'thief', until: 1e9 }
  expect(await rig.store.claim({ lease: thief, now: 10, limit: 1 })).toHaveLength(1)
  await rig.time.advance(20_000)
  expect(aborted).toBe(true)
  expect(rig.events).toEqual([{ type: 'job-lost', kind: 'forward' }])
  expect(await rig.store.find('forward:a')).toMatchObject({ lease: thief })
  await rig.stop()
})

test('of a batch, only the job whose lease was lost is not written', async () => {
  const gate = createGate()
  const rig = setUpJobs({
    handle: hang,
    handlers: {
      async confirmBatch(jobs, { signal }) {
        await gate.opened
        expect(signal.aborted).toBe(false)
        return new Map(jobs.map(({ key }) => [key, 'done']))
      },
    },
  })
  await rig.enqueue('confirm', ['mine', 'theirs'])
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.renew(['confirm:theirs'], { owner: 'id-1', until: 0 })
  await rig.store.claim({ lease: { owner: 'thief', until: 1e9 }, now: 10, limit: 1 })
  await rig.time.advance(20_000)
  gate.open()
  await rig.time.advance(0)
  expect(await rig.keys()).toEqual(['confirm:theirs'])
  await rig.stop()
})

test('a lease that ran out while the store could not be asked is lost', async () => {
  const rig = setUpJobs({ handle: untilAborted })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(10)
  vi.spyOn(rig.store, 'renew').mockRejectedValue(down)
  await rig.time.advance(59_000)
  expect(rig.events).toEqual([])
  await rig.time.advance(1000)
  expect(rig.events[0]).toEqual({ type: 'job-lost', kind: 'forward' })
  await rig.stop()
})

test('a lease whose renewal never answers is lost as well', async () => {
  const rig = setUpJobs({ handle: untilAborted })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(10)
  vi.spyOn(rig.store, 'renew').mockImplementation(() => new Promise(() => undefined))
  await rig.time.advance(61_000)
  expect(rig.events[0]).toEqual({ type: 'job-lost', kind: 'forward' })
  await rig.stop()
})

test('a store that does not answer is waited out with growing pauses, and then all goes on', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  await rig.enqueue('forward', subjects(20))
  const claim = vi.spyOn(rig.store, 'claim')
  claim.mockRejectedValue(down)
  rig.runner.start()
  await rig.time.advance(600_000)
  expect(claim.mock.calls.length).toBeGreaterThan(10)
  expect(claim.mock.calls.length).toBeLessThan(40)
  claim.mockRestore()
  await rig.time.advance(30_000)
  expect(await rig.keys()).toEqual([])
  expect(rig.events[0]).toEqual({ type: 'store-degraded', reason: 'ImagesError' })
  expect(rig.events.filter(({ type }) => type.startsWith('store-'))).toHaveLength(2)
  await rig.stop()
  expect(rig.time.timers()).toBe(0)
})

test('an outcome that cannot be written is written when the store is back', async () => {
  const handle = vi.fn<() => Promise<'done'>>(async () => 'done')
  const rig = setUpJobs({ handle })
  await rig.enqueue('forward', ['a'])
  const settle = vi.spyOn(rig.store, 'settle').mockRejectedValue(new Error('down'))
  rig.runner.start()
  await rig.time.advance(30_000)
  settle.mockRestore()
  await rig.time.advance(5000)
  expect([await rig.keys(), handle.mock.calls.length]).toEqual([[], 1])
  await rig.stop()
})

test('a drain tells the caller that the store does not answer', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  vi.spyOn(rig.store, 'claim').mockRejectedValue(down)
  await expect(rig.runner.drain()).rejects.toBe(down)
})

test('a clock that jumps an hour ahead has no job done twice by one runner', async () => {
  const gate = createGate()
  const time = createVirtualTime()
  let skewMs = 0
  const now = () => time.now() + skewMs
  const handle = vi.fn<JobHandler>(async () => {
    await gate.opened
    return 'done'
  })
  const rig = setUpJobs({
    time,
    store: createMemoryStore({ now }).jobs,
    surroundings: { now },
    handle,
  })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await time.advance(10)
  skewMs = 3_600_000
  await time.advance(10_000)
  expect(handle).toHaveBeenCalledTimes(1)
  gate.open()
  await time.advance(0)
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('who stops begins nothing more, and lets what is under way end', async () => {
  const gate = createGate()
  const rig = setUpJobs({
    concurrency: 1,
    handle: async (_job, { signal }) => {
      await gate.opened
      expect(signal.aborted).toBe(false)
      return 'done'
    },
  })
  await rig.enqueue('forward', subjects(3))
  rig.runner.start()
  await rig.time.advance(0)
  const stopped = rig.runner.stop()
  await rig.time.advance(9000)
  gate.open()
  await stopped
  expect(await rig.keys()).toEqual(['forward:0001', 'forward:0002'])
  expect(rig.time.timers()).toBe(0)
})

test('what does not end within the grace is aborted and given back at once, with no try used up', async () => {
  const rig = setUpJobs({ handle: untilAborted })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(5)
  const stopped = rig.runner.stop()
  await rig.time.advance(10_000)
  await stopped
  expect(await rig.store.find('forward:a')).toMatchObject({ tries: 0, lease: null, runAt: 10_005 })
  expect(rig.time.timers()).toBe(0)
})

test('what does not heed its signal is nobody else’s before its lease is over', async () => {
  const rig = setUpJobs({ handle: hang })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(0)
  const stopped = rig.runner.stop()
  await rig.time.advance(11_000)
  await stopped
  const heir = setUpJobs({ handle: async () => 'done', store: rig.store, time: rig.time })
  expect(await heir.runner.drain()).toMatchObject({ done: 0 })
  await rig.time.advance(49_000)
  expect(await heir.runner.drain()).toMatchObject({ done: 1 })
})

test('what was claimed while it stopped is given back', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  await rig.enqueue('forward', subjects(3))
  const gate = createGate()
  const { claim } = rig.store
  vi.spyOn(rig.store, 'claim').mockImplementation(async (asked) => {
    const claimed = await claim(asked)
    await gate.opened
    return claimed
  })
  rig.runner.start()
  await rig.time.advance(0)
  const stopped = rig.runner.stop()
  await rig.time.advance(0)
  gate.open()
  await stopped
  expect(await rig.store.list({ limit: 9 })).toMatchObject([
    { lease: null, tries: 0 },
    { lease: null, tries: 0 },
    { lease: null, tries: 0 },
  ])
})

test('a store that never answers cannot keep a runner from stopping', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  vi.spyOn(rig.store, 'claim').mockImplementation(() => new Promise(() => undefined))
  rig.runner.start()
  await rig.time.advance(0)
  const stopped = rig.runner.stop()
  await rig.time.advance(20_000)
  await stopped
  expect(rig.time.timers()).toBe(0)
})

test('who was stopped stays so, and stopping twice is stopping once', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  const stopped = rig.runner.stop()
  expect(rig.runner.stop()).toBe(stopped)
  await stopped
  expect(() => rig.runner.start()).toThrow(TypeError)
  await rig.enqueue('forward', ['a'])
  expect(await rig.runner.drain()).toMatchObject({ done: 0 })
})
