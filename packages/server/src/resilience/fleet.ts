/**
 * The circuit that a fleet shares, as a pure machine over plain data. Any store that can change one value in one
 * atomic step can keep it.
 */
import { findTripReason, openFor } from './breaker.ts'
import type { TripReason } from './breaker.ts'
import type { FleetVerdict, ProbeRequest, SettledProbe, WitnessReport } from './breaker-store.ts'
import { addCounts, countWindow } from './window.ts'
import type { Window, WindowAt } from './window.ts'
import { forgetBadNews, hasQuorum, noteBadNews, noteSeen } from './witnesses.ts'
import type { FleetWhen, Witnesses } from './witnesses.ts'

/** Open: the pause. Probing: the lease of the probe's owner. In whole milliseconds. */
export interface Wait {
  readonly since: number
  readonly waitMs: number
  readonly trips: number
  /** Absent if it was held open. */
  readonly reason?: TripReason
}

export type FleetState = { readonly generation: number; readonly witnesses: Witnesses } & (
  | { readonly status: 'closed'; readonly consecutive: number; readonly window: Window }
  | { readonly status: 'open'; readonly wait: Wait }
  | { readonly status: 'probing'; readonly wait: Wait; readonly owner: string }
)

type Closed = Extract<FleetState, { status: 'closed' }>
type Probing = Extract<FleetState, { status: 'probing' }>

export const initialFleetState: FleetState = {
  status: 'closed',
  generation: 0,
  witnesses: [],
  consecutive: 0,
  window: [],
}

/** Tells what the fleet thinks now. */
export function toVerdict(state: FleetState, now: number): FleetVerdict {
  const { status, generation } = state
  if (state.status === 'closed') return { status, generation, remainingMs: 0, trips: 0 }
  const { trips, reason } = state.wait
  const remainingMs = findRemaining(state.wait, now)
  return { status, generation, remainingMs, trips, ...(reason && { reason }) }
}

/**
 * Takes in what a witness saw. If that was another generation, then only that it is there; but a pause is still
 * lengthened, for of several processes that were told to wait, only the first knows the generation.
 */
export function takeReport(state: FleetState, report: WitnessReport, when: FleetWhen): FleetState {
  const seen = { ...state, witnesses: noteSeen(state.witnesses, report.witness, when) }
  const isCurrent = report.generation === state.generation
  const counted = isCurrent && seen.status === 'closed' ? count(seen, report, when) : seen
  return isCurrent || counted.status === 'open' ? hold(counted, report, when) : counted
}

/** Leases the probe, if it is time for one. The same object means that it was not granted. */
export function grantProbe(state: FleetState, request: ProbeRequest, now: number): FleetState {
  if (state.status === 'closed' || findRemaining(state.wait, now) > 0) return state
  const wait = { ...state.wait, since: now, waitMs: Math.ceil(request.leaseMs) }
  return { ...next(state), status: 'probing', owner: request.owner, wait }
}

/**
 * Takes in what the probe told that is out now; any other is ignored. One that comes after its lease still counts
 * as long as nobody has probed since: what it learned is the newest there is.
 */
export function settleProbe(state: FleetState, probe: SettledProbe, when: FleetWhen): FleetState {
  if (state.status !== 'probing') return state
  if (state.owner !== probe.owner || state.generation !== probe.generation) return state
  if (probe.outcome === 'success') return close(state)
  if (probe.outcome === 'slow' && state.wait.reason !== 'slow') return close(state)
  if (probe.outcome === 'failure' || probe.outcome === 'slow') return reopen(state, probe, when)
  return { ...next(state), status: 'open', wait: { ...state.wait, since: when.now, waitMs: 0 } }
}

/**
 * A clock that went back behind the start of a wait cannot tell how long ago that was. Then the wait is over: one
 * probe too early costs less than a circuit that stays open until the clock has caught up.
 */
function findRemaining({ since, waitMs }: Wait, now: number): number {
  return now < since ? 0 : Math.max(0, since + waitMs - now)
}

function count(state: Closed, report: WitnessReport, when: FleetWhen): FleetState {
  const { calls, failures, slow, trailingFailures } = report
  const at = { now: when.now, windowMs: when.rules.windowMs }
  const window = addCounts(forgetFuture(state.window, at), { calls, failures, slow }, at)
  const consecutive = calls > failures ? trailingFailures : state.consecutive + failures
  const witnesses = noteBadNews(state.witnesses, report, when)
  const counted = { ...state, witnesses, window, consecutive }
  // Good news never opens a circuit, whatever was seen before.
  if (failures + slow === 0) return counted
  const reason = findTripReason({ ...countWindow(window, at), consecutive }, when.rules)
  if (reason === undefined || !hasQuorum(witnesses, reason, when)) return counted
  const waitMs = Math.ceil(openFor(1, report.random, when.rules))
  return { ...next(counted), status: 'open', wait: { since: when.now, waitMs, trips: 1, reason } }
}

/** Buckets from the future would not expire: the clock went back, or windows were shorter when they were made. */
function forgetFuture(window: Window, at: WindowAt): Window {
  const [current = { at: 0 }] = addCounts([], { calls: 0, failures: 0, slow: 0 }, at)
  return window.filter((bucket) => bucket.at <= current.at + 1)
}

function hold(state: FleetState, { holdMs = 0 }: WitnessReport, { now }: FleetWhen): FleetState {
  if (holdMs <= 0) return state
  const asked = { since: now, waitMs: Math.ceil(holdMs) }
  if (state.status === 'closed') {
    return { ...next(state), status: 'open', wait: { ...asked, trips: 1 } }
  }
  const wait = { ...state.wait, ...asked }
  if (state.status === 'probing') return { ...next(state), status: 'open', wait }
  return findRemaining(state.wait, now) < asked.waitMs ? { ...state, wait } : state
}

function close(state: Probing): FleetState {
  const witnesses = forgetBadNews(state.witnesses)
  return { ...initialFleetState, generation: state.generation + 1, witnesses }
}

function reopen(state: Probing, probe: SettledProbe, { now, rules }: FleetWhen): FleetState {
  const trips = state.wait.trips + 1
  const pauseMs = Math.max(openFor(trips, probe.random, rules), probe.retryAfterMs ?? 0)
  const reason = probe.outcome === 'slow' ? 'slow' : 'probe'
  const wait = { since: now, waitMs: Math.ceil(pauseMs), trips, reason } as const
  return { ...next(state), status: 'open', wait }
}

/** What every change of status keeps. */
function next({ generation, witnesses }: FleetState): Pick<FleetState, 'generation' | 'witnesses'> {
  return { generation: generation + 1, witnesses }
}
