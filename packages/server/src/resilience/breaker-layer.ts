import { ImagesError } from '@lightfast/core'
import { annotate } from './annotate.ts'
import type { AttemptEvent, EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Outcome } from './breaker.ts'
import type { Admission, Circuit } from './circuit.ts'
import type { Circuits } from './circuits.ts'
import type { Call, Layer, Reply, Send } from './layer.ts'
import { refuse } from './refuse.ts'
import { settleWithin } from './settle-within.ts'
import type { Reject } from './settle-within.ts'

export interface BreakerOptions {
  readonly circuits: Circuits
  /** A call that took longer is slow. */
  readonly slowMs: number
  /** A time-out after less than this is the caller's impatience, and says nothing about the host. */
  readonly fairMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
  readonly bus: EventBus
}

/** Asks the call's circuit before each attempt, and tells it afterwards what the attempt says about the host. */
export function breaker({ circuits, slowMs, fairMs, surroundings, bus }: BreakerOptions): Layer {
  const { monotonic, schedule } = surroundings
  return function breakerLayer(next: Send): Send {
    return async function sendThroughBreaker<Result>(call: Call<Result>): Promise<Reply<Result>> {
      // Nothing would be sent, so nothing would be learnt about the host.
      call.signal?.throwIfAborted()
      if (monotonic() >= call.deadlineAt) return next(call)
      const circuit = circuits.find(call.circuit)
      const asked = circuit.admit(call.operation)
      const admission = asked instanceof Promise ? await wait(asked, call, circuit) : asked
      const startedAt = monotonic()
      call.tally.sent += 1
      try {
        const reply = await next(call)
        settle(call, { circuit, admission, durationMs: monotonic() - startedAt })
        return reply
      } catch (error) {
        settle(call, { circuit, admission, durationMs: monotonic() - startedAt, failed: { error } })
        throw error
      }
    }
  }

  /** A caller who leaves does not wait for the fleet's answer; a right to send that comes after is handed back. */
  function wait(asked: Promise<Admission>, call: Call, circuit: Circuit): Promise<Admission> {
    const ms = call.deadlineAt - monotonic()
    const { operation } = call
    const message = `${operation} was not sent: its deadline passed while its circuit was asked.`
    const onTime = (_: unknown, reject: Reject) => reject(refuse('host_timed_out', message, {}))
    return settleWithin({ schedule, ms, signal: call.signal, onTime }, (resolve, reject) => {
      asked.then(resolve, reject)
      return () => void asked.then((late) => circuit.settle(late, 'ignored'), ignore)
    })
  }

  function settle(call: Call, ended: Ended): void {
    const { circuit, admission, failed } = ended
    const outcome = judge(call, ended)
    bus.emit('attempted', () => toEvent(call, ended, outcome))
    const error = failed?.error
    if (!(error instanceof ImagesError) || call.signal?.aborted) {
      return circuit.settle(admission, outcome)
    }
    annotate(error, { circuit: call.circuit })
    return circuit.settle(admission, outcome, error.retryAfterMs)
  }

  function judge(call: Call, { failed, admission, durationMs }: Ended): Outcome {
    if (!failed) return durationMs > slowMs ? 'slow' : 'success'
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
  readonly durationMs: number
  /** Set if it failed, even if with undefined. */
  readonly failed?: { readonly error: unknown }
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
