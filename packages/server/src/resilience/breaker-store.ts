/** The port through which processes share what they know about a circuit. */
import type { BreakerConfig } from './breaker-config.ts'
import type { Outcome, TripReason } from './breaker.ts'
import type { Counts } from './window.ts'

/**
 * What the fleet thinks of a circuit. Times are what remains, in milliseconds, by the store's own clock: clocks of
 * different machines are never compared.
 */
export interface FleetVerdict {
  readonly status: 'closed' | 'open' | 'probing'
  /** Grows with every change of status, and fences outcomes of earlier ones. */
  readonly generation: number
  /** Open: until a probe may go. Probing: until its lease runs out. 0 if that time has come, or if closed. */
  readonly remainingMs: number
  /** How often in a row it has opened. */
  readonly trips: number
  /** Why it opened. Absent while closed, and if it was held open. */
  readonly reason?: TripReason
}

/** What one witness saw since it last reported. */
export interface WitnessReport extends Counts {
  /** Who saw it: a process, or, for what only browsers see, a person. */
  readonly witness: string
  /**
   * The generation that it saw. Reports about an earlier one change nothing but who is there, except that a hold
   * still lengthens a pause.
   */
  readonly generation: number
  /** Failures after the last success in this report; all of them if there was no success. */
  readonly trailingFailures: number
  /** Dice for the jitter, from 0 up to 1. */
  readonly random: number
  /** Opens the circuit at once, for at least so long, without a vote: a server asked for it. It never shortens a pause. */
  readonly holdMs?: number
}

/** When the fleet opens. */
export interface FleetRules extends BreakerConfig {
  /**
   * Distinct witnesses that must have seen it within the window: failures or, if slowness is what opens the circuit,
   * slow calls. At most 100. @default 2
   */
  readonly quorum: number
  /** Whether all of them do if fewer are about: one process on its own is the fleet. @default true */
  readonly orEverybody: boolean
}

export interface ProbeRequest {
  /** Unguessable; made anew for each probe. */
  readonly owner: string
  readonly leaseMs: number
}

export interface SettledProbe {
  readonly owner: string
  readonly generation: number
  readonly outcome: Outcome
  readonly random: number
  readonly retryAfterMs?: number
}

/**
 * Every method is one atomic step of the store itself, never a read followed by a write.
 *
 * Promises, each with a test in `describeBreakerStore`:
 * - `observe` writes nothing; what nobody has reported on is closed, generation 0.
 * - `report` adds up what witnesses saw within the window, and opens the circuit if that is bad enough and
 *   enough distinct witnesses saw failures.
 * - `tryProbe` grants a lease to exactly one caller once the pause is over, or once an earlier lease ran out.
 * - `settleProbe` closes the circuit, opens it for longer, or gives the probe to the next caller. A lease that was
 *   replaced changes nothing; one that has run out still counts as long as nobody has probed since.
 * - Time is the store's own, and in whole milliseconds. If its clock goes back, no circuit stays open for longer
 *   than its own pause.
 */
export interface BreakerStore {
  readonly observe: (circuit: string) => Promise<FleetVerdict>
  readonly report: (
    circuit: string,
    report: WitnessReport,
    rules: FleetRules,
  ) => Promise<FleetVerdict>
  readonly tryProbe: (
    circuit: string,
    request: ProbeRequest,
  ) => Promise<FleetVerdict & { readonly granted: boolean }>
  readonly settleProbe: (
    circuit: string,
    probe: SettledProbe,
    rules: FleetRules,
  ) => Promise<FleetVerdict>
}
