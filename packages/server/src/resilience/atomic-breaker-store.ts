import type { BreakerStore } from './breaker-store.ts'
import { grantProbe, settleProbe, takeReport, toVerdict } from './fleet.ts'
import type { FleetState } from './fleet.ts'

/** Where the state of each circuit is kept. */
export interface FleetStates {
  readonly read: (circuit: string) => FleetState
  /**
   * Reads, changes and writes in one step that nothing comes between, and returns what was before and after. The
   * step that returns the same object has changed nothing.
   */
  readonly change: (circuit: string, step: (state: FleetState) => FleetState) => Change
  /**
   * The clock of the store. It is asked after the state was read and locked, so that a caller who had to wait
   * for the lock is not late.
   */
  readonly now: () => number
}

export interface Change {
  readonly before: FleetState
  readonly after: FleetState
}

/** Makes a breaker store of anything that can change one state in one atomic step. */
export function createAtomicBreakerStore({ read, change, now }: FleetStates): BreakerStore {
  return {
    observe: async (circuit) => toVerdict(read(circuit), now()),
    async report(circuit, report, rules) {
      const step = (state: FleetState) => takeReport(state, report, { now: now(), rules })
      return toVerdict(change(circuit, step).after, now())
    },
    async tryProbe(circuit, request) {
      const step = (state: FleetState) => grantProbe(state, request, now())
      const { before, after } = change(circuit, step)
      return { ...toVerdict(after, now()), granted: after !== before }
    },
    async settleProbe(circuit, probe, rules) {
      const step = (state: FleetState) => settleProbe(state, probe, { now: now(), rules })
      return toVerdict(change(circuit, step).after, now())
    },
  }
}
