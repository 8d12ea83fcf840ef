import { failures, ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import { admits, initialBreakerState, transition } from './breaker.ts'
import type { BreakerConfig, BreakerEvent, BreakerState } from './breaker.ts'
import type { Call, CircuitKey, Layer, Reply, Send } from './layer.ts'

/** Told whenever a circuit changes its status. */
export interface CircuitEvent {
  readonly type: 'circuit-changed'
  readonly circuit: CircuitKey
  readonly from: BreakerState['status']
  readonly to: BreakerState['status']
}

export interface BreakerOptions {
  readonly config: BreakerConfig
  readonly surroundings: Pick<Surroundings, 'now' | 'random'>
  readonly onChange: (event: CircuitEvent) => void
}

/** Refuses calls at once while their circuit is open, and lets a single probe find out when it is over. */
export function breaker({ config, surroundings, onChange }: BreakerOptions): Layer {
  const { now, random } = surroundings
  const circuits = new Map<CircuitKey, BreakerState>()

  function apply(circuit: CircuitKey, event: BreakerEvent): BreakerState {
    const before = circuits.get(circuit) ?? initialBreakerState
    const after = transition(before, event, config)
    circuits.set(circuit, after)
    if (after.status !== before.status) {
      onChange({ type: 'circuit-changed', circuit, from: before.status, to: after.status })
    }
    return after
  }

  function admit({ circuit, operation }: Call): number {
    const state = circuits.get(circuit) ?? initialBreakerState
    if (!admits(state, now())) throw toError(state, operation, now())
    return apply(circuit, { type: 'admitted', now: now() }).era
  }

  return function breakerLayer(next: Send): Send {
    return async function sendThroughBreaker(call: Call): Promise<Reply> {
      // Nothing is sent any more, so nothing is learnt about the host.
      if (call.signal.aborted || now() >= call.deadlineAt) return next(call)
      const era = admit(call)
      try {
        const reply = await next(call)
        apply(call.circuit, { type: 'succeeded', era })
        return reply
      } catch (error) {
        apply(call.circuit, { type: judge(error), era, now: now(), random: random() })
        throw error
      }
    }
  }
}

/** A host that refuses a request in order is well; one that is throttling, or was not asked to the end, tells nothing. */
function judge(error: unknown): 'succeeded' | 'failed' | 'released' {
  if (!(error instanceof ImagesError) || error.code === 'rate_limited') return 'released'
  return isOutage(error.code) ? 'failed' : 'succeeded'
}

function isOutage(code: FailureCode): boolean {
  return failures[code].retry === 'soon'
}

function toError(state: BreakerState, operation: string, now: number): ImagesError {
  const retryAfterMs = state.status === 'closed' ? 0 : Math.max(0, state.until - now)
  const message = `${operation} was not sent: the circuit to Cloudflare is ${state.status} after repeated failures. Try again after retryAfterMs.`
  return new ImagesError('circuit_open', message, { retryAfterMs })
}
