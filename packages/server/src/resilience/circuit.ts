import type { ImagesError } from '@lightfast/core'
import { admits } from './breaker.ts'
import type { Outcome } from './breaker.ts'
import { createCircuitState, toWait } from './circuit-state.ts'
import type { CircuitOptions, CircuitState } from './circuit-state.ts'
import type { FleetLink, FleetProbe, ProbeAnswer } from './fleet-link.ts'
import type { CircuitKey } from './layer.ts'
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

export interface Circuit extends Pick<CircuitState, 'setMode' | 'reset' | 'snapshot'> {
  /**
   * Asks for the right to send. Answers at once unless the fleet has to be asked.
   * @throws ImagesError `circuit_open`
   */
  readonly admit: (operation: string) => Admission | Promise<Admission>
  /**
   * Looks whether a call would be refused, for whoever is about to wait in line.
   * @throws ImagesError `circuit_open`
   */
  readonly check: (operation: string) => void
  /** Tells what became of an attempt. */
  readonly settle: (admission: Admission, outcome: Outcome, retryAfterMs?: number) => void
}

/** An era that no state has: its outcome changes nothing. */
const NO_ERA = -1
const OPEN = 'is open after repeated failures'
const free: Admission = { era: NO_ERA, probe: false }

/** Makes one circuit: thin around the pure machine, with the fleet's verdict on top. */
export function createCircuit(
  circuit: CircuitKey,
  options: CircuitOptions,
  link: FleetLink | undefined,
): Circuit {
  const { surroundings } = options
  const { monotonic, random } = surroundings
  const state = createCircuitState(circuit, options)
  const toRefusal = createRefusal(circuit, options)
  link?.watch(state.follow)
  return {
    admit,
    check,
    settle,
    setMode: state.setMode,
    reset: state.reset,
    snapshot: state.snapshot,
  }

  function admit(operation: string): Admission | Promise<Admission> {
    if (state.mode() === 'disabled') return free
    const looking = link?.look()
    return looking ? looking.then(() => decide(operation)) : decide(operation)
  }

  /** The state follows the fleet, so what is closed here is closed there, or was closed by hand. */
  function decide(operation: string): Admission | Promise<Admission> {
    check(operation)
    const before = state.get()
    const now = monotonic()
    if (before.status === 'closed') return { era: before.era, probe: false }
    if (!admits(before, now)) return free
    if (link?.isOpen()) return link.askForProbe().then((answer) => follow(operation, answer))
    state.apply({ type: 'admitted', now })
    return { era: state.get().era, probe: true }
  }

  function check(operation: string): void {
    if (state.mode() === 'isolated') throw toRefusal(operation, 'was isolated by hand')
    const now = monotonic()
    if (state.mode() === 'observing' || admits(state.get(), now)) return
    throw toRefusal(operation, OPEN, toWait(state.get(), now))
  }

  function follow(operation: string, answer: ProbeAnswer): Admission | Promise<Admission> {
    if (answer.lease) return { era: NO_ERA, probe: true, lease: answer.lease }
    if (answer.refusedMs === undefined) return decide(operation)
    if (state.mode() === 'observing') return free
    throw toRefusal(operation, OPEN, answer.refusedMs)
  }

  function settle({ era, lease }: Admission, outcome: Outcome, retryAfterMs?: number): void {
    if (lease) {
      // The host is back, and this process knows it before the fleet does.
      if (outcome === 'success') state.recover()
      return link?.settle(lease, { outcome, retryAfterMs })
    }
    const now = monotonic()
    // What was admitted in an earlier era is no news, to the fleet either.
    if (era === state.get().era) link?.note(outcome)
    state.apply({ type: 'settled', outcome, era, now, random: random(), retryAfterMs })
  }
}

/** Makes and tells the refusals of one circuit. */
function createRefusal(circuit: CircuitKey, { bus }: CircuitOptions) {
  return function toRefusal(operation: string, why: string, waitMs?: number): ImagesError {
    const retryAfterMs = waitMs === undefined ? {} : { retryAfterMs: waitMs }
    const refused = { operation, circuit, by: 'circuit', ...retryAfterMs } as const
    bus.emit('refused', () => ({ type: 'refused', ...refused }))
    const then = waitMs === undefined ? 'Close it by hand' : 'Try again after retryAfterMs'
    const message = `${operation} was not sent: the ${circuit} circuit to Cloudflare ${why}. ${then}.`
    return refuse('circuit_open', message, { ...retryAfterMs, circuit })
  }
}
