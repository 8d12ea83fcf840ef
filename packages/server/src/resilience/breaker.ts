/** The circuit breaker as a pure machine: no clock, no dice, no I/O. Its state is plain data. */

/**
 * `era` fences outcomes: it changes with every change of status, and an outcome of an earlier era is ignored.
 * `until` is when the next probe may go: while open, the end of the pause; while probing, the end of the
 * probe's lease, so that a probe that never reports back is replaced.
 */
export type BreakerState = { readonly era: number } & (
  | { readonly status: 'closed'; readonly failures: number }
  | { readonly status: 'open' | 'probing'; readonly until: number; readonly trips: number }
)

export type BreakerEvent =
  | { readonly type: 'admitted'; readonly now: number }
  | { readonly type: 'succeeded'; readonly era: number }
  /** `random` is the dice for the jitter, thrown by the caller. */
  | { readonly type: 'failed'; readonly era: number; readonly now: number; readonly random: number }
  /** The call told nothing about the host's health: the caller aborted, or it was our own fault. */
  | { readonly type: 'released'; readonly era: number; readonly now: number }

export interface BreakerConfig {
  /** Failures in a row that open the circuit. @default 5 */
  readonly threshold: number
  /** The first pause; each further one in a row is twice as long. @default 30_000 */
  readonly openMs: number
  /** @default 300_000 */
  readonly maxOpenMs: number
  /** How long a probe may take before another is let through. @default 30_000 */
  readonly probeMs: number
}

export const defaultBreakerConfig: BreakerConfig = {
  threshold: 5,
  openMs: 30_000,
  maxOpenMs: 300_000,
  probeMs: 30_000,
}

export const initialBreakerState: BreakerState = { status: 'closed', era: 0, failures: 0 }

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
  if (event.type !== 'admitted' && event.era !== state.era) return state
  switch (event.type) {
    case 'admitted':
      return probe(state, event.now, config)
    case 'succeeded':
      return close(state)
    case 'failed':
      return fail(state, event, config)
    case 'released':
      return release(state, event.now)
    default:
      return event satisfies never
  }
}

function probe(state: BreakerState, now: number, { probeMs }: BreakerConfig): BreakerState {
  if (state.status === 'closed' || !admits(state, now)) return state
  return { ...state, status: 'probing', era: state.era + 1, until: now + probeMs }
}

function close(state: BreakerState): BreakerState {
  if (state.status !== 'closed') return { status: 'closed', era: state.era + 1, failures: 0 }
  return state.failures === 0 ? state : { ...state, failures: 0 }
}

function fail(
  state: BreakerState,
  event: Extract<BreakerEvent, { type: 'failed' }>,
  config: BreakerConfig,
): BreakerState {
  const failures = state.status === 'closed' ? state.failures + 1 : config.threshold
  if (state.status === 'closed' && failures < config.threshold) return { ...state, failures }
  const trips = state.status === 'closed' ? 1 : state.trips + 1
  const until = event.now + openFor(trips, event.random, config)
  return { status: 'open', era: state.era + 1, until, trips }
}

/** Gives the place of a probe that told nothing to the next caller. */
function release(state: BreakerState, now: number): BreakerState {
  if (state.status !== 'probing') return state
  return { ...state, status: 'open', era: state.era + 1, until: now }
}

/** Twice as long each time, give or take a fifth, so that a fleet does not probe in step. */
function openFor(trips: number, random: number, { openMs, maxOpenMs }: BreakerConfig): number {
  return Math.min(maxOpenMs, openMs * 2 ** (trips - 1)) * (0.8 + 0.4 * random)
}
