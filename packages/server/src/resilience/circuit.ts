import type { ImagesError } from '@lightfast/core'
import { admits } from './breaker.ts'
import type { Outcome } from './breaker.ts'
import { createCircuitState, toWait } from './circuit-state.ts'
import type { CircuitOptions, CircuitState } from './circuit-state.ts'
import type { FleetProbe } from './fleet-link.ts'
import type { Call, CircuitKey } from './layer.ts'
import { refuse } from './refuse.ts'

/** The right to send one attempt. It is handed back with the attempt's outcome. */
export interface Admission {
  /** Fences the outcome. */
  readonly era: number
  /** Whether the circuit's fate hangs on it. */
  readonly probe: boolean
  /** Set if it is the probe of the whole fleet. */
  readonly lease?: FleetProbe
}

/** What an attempt told, and when. */
export interface AttemptEnd {
  readonly outcome: Outcome
  readonly now: number
  readonly retryAfterMs?: number | undefined
}

export interface Circuit {
  /**
   * Asks for the right to send. Answers at once unless the fleet has to be asked.
   * @throws ImagesError `circuit_open`
   */
  readonly admit: (call: Call) => Admission | Promise<Admission>
  /** Answers a refusal if the circuit would refuse a call now, without asking for anything. */
  readonly turnAway: (operation: string) => ImagesError | undefined
  /** Tells what became of an attempt. */
  readonly settle: (admission: Admission, end: AttemptEnd) => void
  readonly state: CircuitState
  /** Makes and tells a refusal of so long. */
  readonly refuse: (operation: string, waitMs?: number) => ImagesError
}

/** An era that no state has: its outcome changes nothing. */
export const NO_ERA = -1
/** Nobody's fate hangs on it, and nothing is counted. */
export const FREE: Admission = { era: NO_ERA, probe: false }

/** Makes one circuit of this process: thin around the pure machine. */
export function createCircuit(circuit: CircuitKey, options: CircuitOptions): Circuit {
  const { bus, surroundings } = options
  const { monotonic, random } = surroundings
  const state = createCircuitState(circuit, options)
  return { admit, turnAway, settle, state, refuse: toRefusal }

  function admit({ operation }: Call): Admission {
    const refused = turnAway(operation)
    if (refused) throw refused
    const { status, era } = state.get()
    if (state.mode() === 'disabled') return FREE
    if (status === 'closed') return { era, probe: false }
    const now = monotonic()
    if (!admits(state.get(), now)) return FREE
    state.apply({ type: 'admitted', now })
    return { era: state.get().era, probe: true }
  }

  function turnAway(operation: string): ImagesError | undefined {
    const mode = state.mode()
    if (mode === 'isolated') return toRefusal(operation)
    if (state.get().status === 'closed' || mode !== 'automatic') return undefined
    const waitMs = toWait(state.get(), monotonic())
    return waitMs > 0 ? toRefusal(operation, waitMs) : undefined
  }

  function settle({ era }: Admission, { outcome, now, retryAfterMs }: AttemptEnd): void {
    state.apply({ type: 'settled', outcome, era, now, random: random(), retryAfterMs })
  }

  function toRefusal(operation: string, waitMs?: number): ImagesError {
    const details = waitMs === undefined ? { circuit } : { circuit, retryAfterMs: waitMs }
    bus.emit('refused', () => ({ type: 'refused', operation, by: 'circuit', ...details }))
    const why =
      waitMs === undefined
        ? 'was isolated by hand. Close it by hand'
        : 'is open after repeated failures. Try again after retryAfterMs'
    return refuse(
      'circuit_open',
      `${operation} was not sent: the ${circuit} circuit ${why}.`,
      details,
    )
  }
}
