import { ImagesError } from '@lightfast/core'
import type { AttemptEvent, EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import { annotate } from './annotate.ts'
import type { Outcome } from './breaker.ts'
import type { Admission, Circuit } from './circuit.ts'
import type { Circuits } from './circuits.ts'
import type { End, Guard, Leave } from './guard.ts'
import type { Call } from './layer.ts'

export interface BreakerOptions {
  readonly circuits: Circuits
  /** A call that took longer is slow. */
  readonly slowMs: number
  /** A time-out after less than this is the caller's impatience, and says nothing about the host. */
  readonly fairMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic'>
  readonly bus: EventBus
}

/** Asks the call's circuit before each attempt, and tells it afterwards what the attempt says about the host. */
export function breaker({ circuits, slowMs, fairMs, surroundings, bus }: BreakerOptions): Guard {
  const { monotonic } = surroundings
  return { enter }

  function enter(call: Call): Leave | Promise<Leave> {
    // Nothing would be sent, so nothing would be learnt about the host.
    if (call.tally.at >= call.deadlineAt) return ignore
    const circuit = circuits.find(call.circuit)
    const admission = circuit.admit(call)
    return admission instanceof Promise
      ? admission.then((late) => begin(call, circuit, late))
      : begin(call, circuit, admission)
  }

  function begin({ tally }: Call, circuit: Circuit, admission: Admission): Leave {
    tally.sent += 1
    return function leave(call, { failed }) {
      const now = monotonic()
      settle(call, { circuit, admission, now, durationMs: now - tally.at, failed })
    }
  }

  function settle(call: Call, ended: Ended): void {
    const { circuit, admission, failed, now } = ended
    const outcome = judge(call, ended)
    if (bus.hears('attempted')) bus.emit('attempted', () => toEvent(call, ended, outcome))
    const error = failed?.error
    if (!(error instanceof ImagesError) || call.signal?.aborted) {
      return circuit.settle(admission, { outcome, now })
    }
    annotate(error, { circuit: call.circuit })
    return circuit.settle(admission, { outcome, now, retryAfterMs: error.retryAfterMs })
  }

  function judge(call: Call, { failed, admission, durationMs }: Ended): Outcome {
    if (!failed) return durationMs > slowMs + (call.bodyMs ?? 0) ? 'slow' : 'success'
    const { error } = failed
    if (!(error instanceof ImagesError) || call.signal?.aborted) return 'ignored'
    if (error.code === 'rate_limited') return 'throttled'
    const hadNoChance = error.code === 'host_timed_out' && error.status === undefined
    if (hadNoChance && durationMs < fairMs) return 'ignored'
    if (error.retry === 'soon') return 'failure'
    // A refusal in order says nothing about an outage, and counts nothing. To a probe it says that the host is back:
    // otherwise an app that only asks for what is gone would never get out.
    return admission.probe && error.status !== undefined ? 'success' : 'ignored'
  }
}

interface Ended {
  readonly circuit: Circuit
  readonly admission: Admission
  readonly now: number
  readonly durationMs: number
  readonly failed: End['failed']
}

function toEvent(call: Call, { failed, durationMs }: Ended, outcome: Outcome): AttemptEvent {
  const { operation, circuit, tally } = call
  const event = {
    type: 'attempted',
    operation,
    circuit,
    attempt: tally.sent,
    outcome,
    durationMs,
  } as const
  if (!(failed?.error instanceof ImagesError)) return event
  const { code, status } = failed.error
  return { ...event, code, ...(status !== undefined && { status }) }
}

function ignore(): void {}
