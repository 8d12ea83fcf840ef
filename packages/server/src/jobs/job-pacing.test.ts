/** How jobs heed the circuits and limits of the client. */
import { ImagesError } from '@lightfast/core'
import { expect, test, vi } from 'vitest'
import { makeStatus, setUpJobs, subjects } from '../test-support/set-up-jobs.ts'
import type { JobsRig } from '../test-support/set-up-jobs.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { JobHandler } from './job-handler.ts'

const shut = (retryAfterMs: number) => makeStatus({ status: 'open', retryAfterMs })

/** Takes a second for each job, and notes how many begin in each. */
function setUpSlow(handle: JobHandler = async () => 'done') {
  const begun: number[] = []
  const rig: JobsRig = setUpJobs({
    async handle(job, tools) {
      const second = Math.floor(rig.time.now() / 1000)
      begun[second] = (begun[second] ?? 0) + 1
      await new Promise<void>((resolve) => rig.time.schedule(resolve, 1000))
      return handle(job, tools)
    },
  })
  return { rig, begun }
}

test('while the circuit is open, what calls Cloudflare is not even claimed, and the rest goes on', async () => {
  const handled: string[] = []
  const rig = setUpJobs({
    handle: async ({ key }) => {
      handled.push(key)
      return 'done'
    },
  })
  rig.status = shut(50_000)
  for (const kind of ['forward', 'confirm', 'close', 'delete-remote', 'reconcile'] as const)
    await rig.enqueue(kind, ['a'])
  for (const kind of ['drop-bytes', 'expire'] as const) await rig.enqueue(kind, subjects(20))
  rig.runner.start()
  await rig.time.advance(40_000)
  expect(handled).toHaveLength(40)
  expect(await rig.store.list({ limit: 9 })).toMatchObject(
    Array.from({ length: 5 }, () => ({ lease: null, runAt: 0 })),
  )
  await rig.stop()
})

test('when the circuit admits a call, one job goes first, and each that succeeds makes room for one more', async () => {
  const { rig, begun } = setUpSlow()
  rig.status = shut(2000)
  await rig.enqueue('forward', subjects(30))
  rig.runner.start()
  await rig.time.advance(2000)
  rig.status = shut(0)
  await rig.time.advance(1000)
  rig.status = makeStatus()
  await rig.time.advance(10_000)
  expect(begun.slice(3)).toEqual([1, 2, 4, 8, 8, 7])
  await rig.stop()
})

test('it wakes when the circuit admits a call, though polls are far apart', async () => {
  const handle = vi.fn<() => Promise<'done'>>(async () => 'done')
  const rig = setUpJobs({ handle, pollMs: 30_000 })
  rig.status = shut(4000)
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(3999)
  rig.status = makeStatus()
  expect(handle).not.toHaveBeenCalled()
  await rig.time.advance(1)
  expect(handle).toHaveBeenCalledTimes(1)
  await rig.stop()
})

test('one that has to be parked sends all back to one, after a rest', async () => {
  let refused = 0
  const { rig, begun } = setUpSlow(async () => {
    if (rig.time.now() > 5000) return 'done'
    refused += 1
    throw new ImagesError('circuit_open', 'A test.', { retryAfterMs: 3000 })
  })
  await rig.enqueue('forward', subjects(100))
  rig.runner.start()
  await rig.time.advance(12_000)
  // The last of the first eight are parked at 1 s. Two seconds of rest, one that is parked at 4 s, and again two of rest.
  const counts = Array.from({ length: 10 }, (_, second) => begun[second] ?? 0)
  expect(counts).toEqual([8, 0, 0, 1, 0, 0, 1, 2, 4, 8])
  expect(refused).toBe(9)
  await rig.stop()
})

test('a limit that is used up holds jobs back as an open circuit does', async () => {
  const handle = vi.fn<() => Promise<'done'>>(async () => 'done')
  const rig = setUpJobs({ handle })
  const open = makeStatus()
  rig.status = { ...open, gates: [{ gate: 'api', closedMs: 9000 }] }
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(8000)
  expect(handle).not.toHaveBeenCalled()
  rig.status = open
  await rig.time.advance(1000)
  expect(handle).toHaveBeenCalledTimes(1)
  await rig.stop()
})

test('a probe that fails uses up no try, for hours', async () => {
  const rig = setUpJobs({
    time: createVirtualTime(),
    handle: async () => {
      throw new ImagesError('host_unreachable', 'A test.', { circuit: 'write' })
    },
  })
  rig.status = makeStatus({ status: 'open', retryAfterMs: 0 })
  await rig.enqueue('forward', ['a'])
  rig.runner.start()
  await rig.time.advance(4 * 3_600_000)
  expect(rig.events.length).toBeGreaterThan(1000)
  expect(await rig.store.find('forward:a')).toMatchObject({ state: 'queued', tries: 0 })
  await rig.stop()
})

test('what calls nobody does not change the pace, however it ends', async () => {
  const rig = setUpJobs({
    handle: async ({ kind }) => {
      if (kind === 'forward') return 'done'
      throw new ImagesError('store_unavailable', 'A test.')
    },
  })
  await rig.enqueue('drop-bytes', subjects(3))
  await rig.enqueue('forward', subjects(30), 10)
  rig.runner.start()
  await rig.time.advance(10)
  expect(await rig.keys()).toHaveLength(3)
  await rig.stop()
})

test('a drain leaves what would be refused where it is, and ends', async () => {
  const rig = setUpJobs({ handle: async () => 'done' })
  rig.status = shut(60_000)
  await rig.enqueue('forward', subjects(3))
  await rig.enqueue('expire', subjects(3))
  expect(await rig.runner.drain()).toMatchObject({ done: 3 })
  expect(await rig.runner.run(['forward:0000'])).toMatchObject({ done: 0, parked: 0 })
  rig.status = makeStatus()
  expect(await rig.runner.drain()).toMatchObject({ done: 3 })
})
