/** The circuit breaker as a pure machine: no clock, no dice, no I/O, no timer. Its state is plain data. */
import type { BreakerConfig } from './breaker-config.ts'
import type { FleetVerdict } from './breaker-store.ts'
import { addCounts, countWindow } from './window.ts'
import type { Counts, Window, WindowAt } from './window.ts'

/**
 * What an attempt told about the host. `slow`: it succeeded, but took long. `ignored`: it told nothing, because
 * the caller left or the request itself was wrong. `throttled`: the account's limit is used up, which is
 * the gate's business.
 */
export type Outcome = 'success' | 'failure' | 'slow' | 'ignored' | 'throttled'

/** Why a circuit opened: failures in a row, their rate, the rate of slow calls, or a probe that failed. */
export type TripReason = 'consecutive' | 'rate' | 'slow' | 'probe'

/**
 * `era` fences outcomes: it changes with every change of status, and an outcome of an earlier era is ignored.
 * `until` is when the next probe may go: while open, the end of the pause; while probing, the end of the
 * probe's lease, so that a probe that never reports back is replaced.
 */
export type BreakerState = { readonly era: number } & (
  | { readonly status: 'closed'; readonly consecutive: number; readonly window: Window }
  | {
      readonly status: 'open' | 'probing'
      readonly until: number
      readonly trips: number
      readonly reason: TripReason
      /** Whether its pause is the fleet's and not one of its own. */
      readonly followed?: true
    }
)

/** An attempt has ended. */
export interface Settled {
  readonly type: 'settled'
  readonly outcome: Outcome
  /** The era in which it was admitted. */
  readonly era: number
  readonly now: number
  /** The dice for the jitter, thrown by the caller. */
  readonly random: number
  /** What the server asked for; it can only lengthen the pause. */
  readonly retryAfterMs?: number | undefined
}

export type BreakerEvent = { readonly type: 'admitted'; readonly now: number } | Settled

export const initialBreakerState: BreakerState = {
  status: 'closed',
  era: 0,
  consecutive: 0,
  window: [],
}

/** Asks whether a call may go now. */
export function admits(state: BreakerState, now: number): boolean {
  return state.status === 'closed' || now >= state.until
}

/** Decides what an event makes of a state. The same object means that nothing happened. */
export function transition(
  state: BreakerState,
  event: BreakerEvent,
  config: BreakerConfig,
): BreakerState {
  if (event.type === 'admitted') return probe(state, event.now, config)
  if (event.era !== state.era || state.status === 'open') return state
  return state.status === 'closed' ? count(state, event, config) : judge(state, event, config)
}

/** Closes a circuit and forgets everything. */
export function close(state: BreakerState): BreakerState {
  return { ...initialBreakerState, era: state.era + 1 }
}

/** Takes over what the fleet decided. */
export function adopt(state: BreakerState, verdict: FleetVerdict, now: number): BreakerState {
  if (verdict.status === 'closed') return state.status === 'closed' ? state : close(state)
  const { remainingMs, trips, reason = 'rate' } = verdict
  // A pause of its own, such as one that the server asked this process for, is not shortened.
  const ownUntil = state.status === 'open' && !state.followed ? state.until : now
  const until = Math.max(ownUntil, now + remainingMs)
  return { status: 'open', era: state.era + 1, until, trips, reason, followed: true }
}

/** Counts one outcome that told something. */
export function addOutcome(window: Window, outcome: Outcome, when: WindowAt): Window {
  const failures = outcome === 'failure' ? 1 : 0
  return addCounts(window, { calls: 1, failures, slow: outcome === 'slow' ? 1 : 0 }, when)
}

/** Asks whether bad news is bad enough. Only bad news opens a circuit, so this is not asked after a success. */
export function findTripReason(
  counts: Counts & { readonly consecutive: number },
  config: BreakerConfig,
): TripReason | undefined {
  if (counts.consecutive >= config.consecutiveFailures) return 'consecutive'
  if (counts.calls < config.minimumCalls) return undefined
  if (counts.failures >= config.failureRate * counts.calls) return 'rate'
  return counts.slow >= config.slowRate * counts.calls ? 'slow' : undefined
}

/** Twice as long each time, give or take a fifth, so that a fleet does not probe in step. */
export function openFor(trips: number, random: number, config: BreakerConfig): number {
  return Math.min(config.maxOpenMs, config.openMs * 2 ** (trips - 1)) * (0.8 + 0.4 * random)
}

function probe(state: BreakerState, now: number, { probeMs }: BreakerConfig): BreakerState {
  if (state.status === 'closed' || !admits(state, now)) return state
  const { trips, reason } = state
  return { status: 'probing', era: state.era + 1, until: now + probeMs, trips, reason }
}

function count(
  state: Extract<BreakerState, { status: 'closed' }>,
  event: Settled,
  config: BreakerConfig,
): BreakerState {
  const { outcome, now } = event
  if (outcome === 'ignored' || outcome === 'throttled') return state
  const when = { now, windowMs: config.windowMs }
  const window = addOutcome(state.window, outcome, when)
  const consecutive = outcome === 'failure' ? state.consecutive + 1 : 0
  const counted = { status: 'closed', era: state.era, consecutive, window } as const
  if (outcome === 'success') return counted
  const reason = findTripReason({ ...countWindow(window, when), consecutive }, config)
  return reason ? open(state, { event, reason, trips: 1 }, config) : counted
}

/**
 * What a probe says counts at once. A slow one closes the circuit as well, unless slowness had opened it.
 * One that told nothing gives its place to the next caller.
 */
function judge(
  state: Exclude<BreakerState, { status: 'closed' }>,
  event: Settled,
  config: BreakerConfig,
): BreakerState {
  const { outcome, now } = event
  if (outcome === 'ignored' || outcome === 'throttled') {
    return { ...state, status: 'open', era: state.era + 1, until: now }
  }
  const mended = outcome === 'success' || (outcome === 'slow' && state.reason !== 'slow')
  if (mended) return close(state)
  const reason = outcome === 'slow' ? 'slow' : 'probe'
  return open(state, { event, reason, trips: state.trips + 1 }, config)
}

interface Trip {
  readonly event: Settled
  readonly reason: TripReason
  readonly trips: number
}

function open(state: BreakerState, trip: Trip, config: BreakerConfig): BreakerState {
  const { event, reason, trips } = trip
  const { retryAfterMs = 0 } = event
  const ownMs = openFor(trips, event.random, config)
  const pauseMs = retryAfterMs > ownMs ? retryAfterMs : ownMs
  return { status: 'open', era: state.era + 1, until: event.now + pauseMs, trips, reason }
}
