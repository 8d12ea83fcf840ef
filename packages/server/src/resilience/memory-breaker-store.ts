import { createAtomicBreakerStore } from './atomic-breaker-store.ts'
import type { BreakerStore } from './breaker-store.ts'
import { initialFleetState } from './fleet.ts'
import type { FleetState } from './fleet.ts'

export interface MemoryBreakerStoreOptions {
  /** Milliseconds on a clock of the process. @default performance.now, which never goes back */
  readonly now?: () => number
}

/** Makes a store for the clients of one process, and for tests. It is the reference for all others. */
export function createMemoryBreakerStore(options: MemoryBreakerStoreOptions = {}): BreakerStore {
  const { now = () => performance.now() } = options
  const states = new Map<string, FleetState>()
  const read = (circuit: string) => states.get(circuit) ?? initialFleetState
  return createAtomicBreakerStore({
    read,
    change(circuit, step) {
      const before = read(circuit)
      const after = step(before)
      if (after !== before) states.set(circuit, after)
      return { before, after }
    },
    now,
  })
}
