import type { Surroundings } from '@lightfast/server'
import { createTimerQueue } from './timer-queue.ts'

/** A clock without time: it jumps from one timer to the next. */
export interface VirtualTime extends Pick<Surroundings, 'now' | 'monotonic' | 'schedule'> {
  /** Runs timers in their order until none is left. */
  readonly run: () => Promise<void>
}

/** Makes a clock that stands at 0. Timers of the same moment run in the order in which they were set. */
export function createVirtualTime(): VirtualTime {
  const timers = createTimerQueue()
  let now = 0
  let order = 0
  return { now: () => now, monotonic: () => now, schedule, run }

  function schedule(run: () => void, ms: number): () => void {
    order += 1
    const timer = { at: now + Math.max(0, ms), order, run, cancelled: false }
    timers.add(timer)
    return () => {
      timer.cancelled = true
    }
  }

  async function run(): Promise<void> {
    for (let timer = timers.take(); timer; timer = timers.take()) {
      if (timer.cancelled) continue
      now = timer.at
      timer.run()
      await settlePromises()
    }
  }
}

/** Node empties its queue of microtasks, however long it grows meanwhile, before it comes back here. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
