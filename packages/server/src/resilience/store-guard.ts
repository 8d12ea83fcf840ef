import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'

export interface StoreGuardOptions {
  /** How long a step of the store may take. @default 50 */
  readonly timeoutMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
  readonly bus: EventBus
}

/** Takes a step of the store; undefined if it failed, took too long, or if the store is being left in peace. */
export type StoreGuard = <Answer>(step: () => Promise<Answer>) => Promise<Answer | undefined>

const FIRST_REST_MS = 1000
const MAX_REST_MS = 30_000

/**
 * Keeps the store from becoming an outage of its own: every step has its time, and after a failed one the store is
 * left in peace, at first for a second, then for twice as long each time. That is told when it begins and ends.
 */
export function createStoreGuard({ timeoutMs, surroundings, bus }: StoreGuardOptions): StoreGuard {
  const { monotonic, schedule } = surroundings
  let restMs = 0
  let restingUntil = 0

  return async function ask<Answer>(step: () => Promise<Answer>): Promise<Answer | undefined> {
    if (restMs > 0 && monotonic() < restingUntil) return undefined
    try {
      const answer = await inTime(step)
      if (restMs > 0) bus.emit('store-restored', () => ({ type: 'store-restored' }))
      restMs = 0
      return answer
    } catch (error) {
      rest(error)
      return undefined
    }
  }

  function inTime<Answer>(step: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const cancel = schedule(() => reject(new StoreTimeout()), timeoutMs)
      // A step that throws at once is as good as one that rejects.
      Promise.resolve().then(step).finally(cancel).then(resolve, reject)
    })
  }

  function rest(error: unknown): void {
    // Steps that were under way together fail together: that is one failure.
    if (restMs > 0 && monotonic() < restingUntil) return
    if (restMs === 0) {
      const reason = error instanceof Error ? error.name : 'unknown'
      bus.emit('store-degraded', () => ({ type: 'store-degraded', reason }))
    }
    restMs = restMs === 0 ? FIRST_REST_MS : Math.min(MAX_REST_MS, restMs * 2)
    restingUntil = monotonic() + restMs
  }
}

class StoreTimeout extends Error {
  override readonly name = 'StoreTimeout'
}
