/** What a runner does with a dispatcher, and without what it lost. */
import { expect, test, vi } from 'vitest'
import { setUpJobs, subjects } from '../test-support/set-up-jobs.ts'
import type { Dispatched, JobDispatcher } from './dispatcher.ts'

const done = async () => 'done' as const
const newJobs = (...ids: readonly string[]) =>
  ids.map((subject) => ({ kind: 'forward', subject, runAt: 0 }) as const)

/** Carries nothing by itself: the test does. */
function createHandDispatcher() {
  const dispatched: Dispatched[] = []
  let run: ((key: string) => Promise<void>) | undefined
  const unlisten = vi.fn<() => Promise<void>>(async () => undefined)
  const dispatcher: JobDispatcher = {
    async dispatch(jobs) {
      dispatched.push(...jobs)
    },
    listen(to) {
      run = to
      return unlisten
    },
  }
  return { dispatcher, dispatched, unlisten, carry: (key: string) => run?.(key) }
}

test('what was enqueued is handed to the dispatcher, and what arrives is done at once', async () => {
  const { dispatcher, dispatched, carry } = createHandDispatcher()
  const handle = vi.fn<() => Promise<'done'>>(done)
  const rig = setUpJobs({ handle, dispatcher })
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.enqueue(newJobs('a'))
  rig.runner.nudge(newJobs('a'))
  await rig.time.advance(1000)
  expect(dispatched).toEqual([{ key: 'forward:a', runAt: 0 }])
  expect(handle).not.toHaveBeenCalled()
  await carry('forward:a')
  await carry('forward:a')
  expect(handle).toHaveBeenCalledTimes(1)
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('a job that comes again is handed over with its time', async () => {
  const { dispatcher, dispatched, carry } = createHandDispatcher()
  const rig = setUpJobs({ handle: async () => ({ againAt: 9000 }), dispatcher })
  await rig.store.enqueue(newJobs('a'))
  rig.runner.start()
  await carry('forward:a')
  expect(dispatched).toEqual([{ key: 'forward:a', runAt: 9000 }])
  await rig.stop()
})

test('what the dispatcher lost is found in the table within half a minute', async () => {
  const { dispatcher } = createHandDispatcher()
  const rig = setUpJobs({ handle: done, dispatcher })
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.enqueue(newJobs(...subjects(100)))
  rig.runner.nudge(newJobs(...subjects(100)))
  await rig.time.advance(29_989)
  expect(await rig.keys()).toHaveLength(100)
  await rig.time.advance(1)
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('a dispatcher that fails is told of, and the table is looked at at once', async () => {
  const { dispatcher } = createHandDispatcher()
  const error = new TypeError('redis://:secret@example')
  const dispatch = vi.fn<JobDispatcher['dispatch']>().mockRejectedValue(error)
  const rig = setUpJobs({ handle: done, dispatcher: { ...dispatcher, dispatch } })
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.enqueue(newJobs('a'))
  rig.runner.nudge(newJobs('a'))
  await rig.time.advance(0)
  expect(await rig.keys()).toEqual([])
  expect(rig.events).toContainEqual({ type: 'dispatch-failed', reason: 'TypeError' })
  await rig.stop()
})

test('a key that arrives while the store is down, or that nobody knows, harms nothing', async () => {
  const { dispatcher, carry } = createHandDispatcher()
  const rig = setUpJobs({ handle: done, dispatcher })
  rig.runner.start()
  await rig.time.advance(10)
  await rig.store.enqueue(newJobs('a'))
  const claim = vi.spyOn(rig.store, 'claim').mockRejectedValue(new Error('down'))
  await carry('forward:a')
  await carry('a key of another version')
  claim.mockRestore()
  await carry('forward:a')
  expect(await rig.keys()).toEqual([])
  await rig.stop()
})

test('who stops hears no more keys', async () => {
  const { dispatcher, unlisten } = createHandDispatcher()
  const rig = setUpJobs({ handle: done, dispatcher })
  rig.runner.start()
  await rig.stop()
  expect(unlisten).toHaveBeenCalledTimes(1)
})
