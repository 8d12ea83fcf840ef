import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import { createBell } from './bell.ts'
import type { JobEvent } from './job-events.ts'
import type { JobPlaces } from './job-places.ts'
import type { JobStore } from './job-store.ts'

export interface JobLoopOptions {
  readonly store: Pick<JobStore, 'nextAt'>
  readonly places: JobPlaces
  readonly surroundings: Pick<Surroundings, 'now' | 'random' | 'schedule'>
  readonly bus: EventBus<JobEvent>
  readonly pollMs: number
}

export interface JobLoop {
  readonly start: () => void
  /** Ends a pause: there is something to do. */
  readonly wake: () => void
  /** Resolves when it has ended. */
  readonly stop: () => Promise<void>
}

/** How long a job that is due, and was not claimed, is left alone: somebody else may just have been at it. */
const MISSED_MS = 250
const FIRST_BACKOFF_MS = 1000
const MAX_BACKOFF_MS = 30_000

/** Begins with what is due, again and again, and sleeps until there may be something to do. */
export function createJobLoop(options: JobLoopOptions): JobLoop {
  const { store, places, surroundings, bus, pollMs } = options
  const bell = createBell(surroundings)
  const stopping = new AbortController()
  let going: Promise<void> | undefined
  let failures = 0
  return {
    start: () => void (going ??= go()),
    wake: bell.ring,
    stop() {
      stopping.abort()
      bell.ring()
      return going ?? Promise.resolve()
    },
  }

  async function go(): Promise<void> {
    while (!stopping.signal.aborted) {
      const waitMs = await turn()
      if (waitMs > 0) await bell.wait(waitMs)
    }
  }

  /** Answers how long there is nothing to do. */
  async function turn(): Promise<number> {
    try {
      const begun = await places.begin()
      const waitMs = begun.length > 0 ? 0 : await findWaitMs()
      if (failures > 0) bus.emit('store-restored', () => ({ type: 'store-restored' }))
      failures = 0
      return waitMs
    } catch (error) {
      if (failures === 0) tellDegraded(error)
      failures += 1
      return toBackoff()
    }
  }

  async function findWaitMs(): Promise<number> {
    const { free, calling } = places.room()
    if (free <= 0) return pollMs
    const nextAt = await store.nextAt()
    const dueMs = nextAt === undefined ? pollMs : nextAt - surroundings.now()
    if (dueMs > 0) return Math.min(pollMs, dueMs)
    return Math.min(pollMs, calling > 0 ? MISSED_MS : Math.max(MISSED_MS, places.restMs()))
  }

  function tellDegraded(error: unknown): void {
    const reason = error instanceof Error ? error.name : 'unknown'
    bus.emit('store-degraded', () => ({ type: 'store-degraded', reason }))
  }

  /** Several runners that lost their store together do not come back together. */
  function toBackoff(): number {
    const ms = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
    return ms * (0.5 + surroundings.random() / 2)
  }
}
