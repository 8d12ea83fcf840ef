import type { CircuitEvent, CircuitStatus, EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { BreakerConfig } from './breaker-config.ts'
import type { FleetVerdict } from './breaker-store.ts'
import { addOutcome, adopt, close, initialBreakerState, transition } from './breaker.ts'
import type { BreakerEvent, BreakerState } from './breaker.ts'
import type { CircuitKey } from './layer.ts'
import { countWindow } from './window.ts'
import type { Counts, Window } from './window.ts'

/** `observing`: counts and tells, and refuses nobody. */
export type CircuitMode = 'automatic' | 'isolated' | 'disabled' | 'observing'

/** One circuit as an operator wants to see it. */
export interface CircuitSnapshot extends Counts {
  readonly circuit: CircuitKey
  readonly status: CircuitStatus
  readonly mode: CircuitMode
  /** Until a probe may go; 0 if calls are let through. */
  readonly retryAfterMs: number
  /** How often in a row it has opened. */
  readonly trips: number
}

export interface CircuitOptions {
  readonly config: BreakerConfig
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'random'>
  readonly bus: EventBus
}

/** The state of one circuit, which tells of every change of its status. */
export interface CircuitState {
  readonly get: () => BreakerState
  readonly mode: () => CircuitMode
  readonly apply: (event: BreakerEvent) => void
  /** Takes over what the fleet decided, so that nothing changes if the store is lost a moment later. */
  readonly follow: (verdict: FleetVerdict) => void
  readonly setMode: (mode: CircuitMode) => void
  /** Closes it, because the fleet's probe, which was sent from here, succeeded. */
  readonly recover: () => void
  /** Closes it, forgets what was counted, and lets it work by itself again. */
  readonly reset: () => void
  readonly snapshot: () => CircuitSnapshot
}

export function createCircuitState(circuit: CircuitKey, options: CircuitOptions): CircuitState {
  const { config, surroundings, bus } = options
  const { monotonic } = surroundings
  let state = initialBreakerState
  let mode: CircuitMode = 'automatic'
  let told: CircuitStatus = 'closed'
  return {
    get: () => state,
    mode: () => mode,
    apply(event) {
      const after = transition(state, event, config)
      if (after.status === state.status) state = after
      else change(after, explain(after, event), event)
    },
    follow: (verdict) => change(adopt(state, verdict, monotonic()), 'fleet'),
    recover: () => change(close(state), 'recovered'),
    setMode(next) {
      mode = next
      change(state, 'manual')
    },
    reset() {
      mode = 'automatic'
      change(close(state), 'manual')
    },
    snapshot: () => toSnapshot(circuit, { state, mode }, { now: monotonic(), config }),
  }

  function change(
    after: BreakerState,
    because: CircuitEvent['because'],
    event?: BreakerEvent,
  ): void {
    const window = toWindow(state, config, event)
    state = after
    const [from, to] = [told, toStatus({ state, mode })]
    told = to
    const now = monotonic()
    if (from === to) return
    bus.emit('circuit-changed', () => ({
      type: 'circuit-changed',
      circuit,
      from,
      to,
      because,
      ...countWindow(window, { now, windowMs: config.windowMs }),
      ...(to === 'open' && { openMs: toWait(after, now) }),
    }))
  }
}

/** How long until a probe may go. */
export function toWait(state: BreakerState, now: number): number {
  return state.status === 'closed' ? 0 : Math.max(0, state.until - now)
}

interface Standing {
  readonly state: BreakerState
  readonly mode: CircuitMode
}

function toSnapshot(
  circuit: CircuitKey,
  { state, mode }: Standing,
  { now, config }: { readonly now: number; readonly config: BreakerConfig },
): CircuitSnapshot {
  return {
    circuit,
    status: toStatus({ state, mode }),
    mode,
    retryAfterMs: toWait(state, now),
    trips: state.status === 'closed' ? 0 : state.trips,
    ...countWindow(toWindow(state, config), { now, windowMs: config.windowMs }),
  }
}

/** What was counted until then, the outcome that made the difference included. */
function toWindow(state: BreakerState, { windowMs }: BreakerConfig, event?: BreakerEvent): Window {
  if (state.status !== 'closed') return []
  if (event?.type !== 'settled') return state.window
  return addOutcome(state.window, event.outcome, { now: event.now, windowMs })
}

function explain(after: BreakerState, event: BreakerEvent): CircuitEvent['because'] {
  if (after.status === 'closed') return 'recovered'
  if (after.status === 'probing') return 'probing'
  const toldNothing =
    event.type === 'settled' && (event.outcome === 'ignored' || event.outcome === 'throttled')
  return toldNothing ? 'released' : after.reason
}

function toStatus({ mode, state }: Standing): CircuitStatus {
  return mode === 'isolated' || mode === 'disabled' ? mode : state.status
}
