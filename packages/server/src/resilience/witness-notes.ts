import type { Surroundings } from '../surroundings.ts'
import type { WitnessReport } from './breaker-store.ts'
import type { Outcome } from './breaker.ts'

/** What a process saw since it last reported to the fleet. */
export type Seen = Pick<WitnessReport, 'calls' | 'failures' | 'slow' | 'trailingFailures'>

export interface WitnessNotes {
  /** An outcome that tells nothing about the host adds nothing. */
  readonly add: (outcome: Outcome) => void
  /** Takes everything out, to be reported. */
  readonly take: () => Seen
  /** Puts back what could not be reported, before what came since. */
  readonly giveBack: (seen: Seen) => void
  readonly clear: () => void
  /** Whether there is something that cannot wait. */
  readonly areBad: () => boolean
}

export interface WitnessNotesOptions {
  /** What is older than this when it could be reported is no news any more. */
  readonly maxAgeMs: number
  readonly monotonic: Surroundings['monotonic']
}

/** Nothing was seen. */
export const NOTHING: Seen = { calls: 0, failures: 0, slow: 0, trailingFailures: 0 }

export function createWitnessNotes({ maxAgeMs, monotonic }: WitnessNotesOptions): WitnessNotes {
  let notes = NOTHING
  let since = 0
  return {
    add(outcome) {
      if (outcome === 'ignored' || outcome === 'throttled') return
      if (notes.calls === 0 || monotonic() - since > maxAgeMs) clear()
      const failures = Number(outcome === 'failure')
      const slow = Number(outcome === 'slow')
      notes = join(notes, { calls: 1, failures, slow, trailingFailures: failures })
    },
    take() {
      const taken = monotonic() - since > maxAgeMs ? NOTHING : notes
      notes = NOTHING
      return taken
    },
    giveBack: (seen) => (notes = join(seen, notes)),
    clear,
    areBad: () => notes.failures + notes.slow > 0,
  }

  function clear(): void {
    notes = NOTHING
    since = monotonic()
  }
}

function join(before: Seen, after: Seen): Seen {
  const unbroken = after.failures === after.calls
  return {
    calls: before.calls + after.calls,
    failures: before.failures + after.failures,
    slow: before.slow + after.slow,
    trailingFailures: after.trailingFailures + (unbroken ? before.trailingFailures : 0),
  }
}
