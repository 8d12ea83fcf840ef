/** The typed bus. Labels are closed sets: no event holds an id, a token or an address. */
import type { FailureCode } from '@lightfast/core'
import type { BreakerState, Outcome, TripReason } from './resilience/breaker.ts'
import type { CircuitKey, GateKey } from './resilience/layer.ts'

/** One request to Cloudflare has ended, whatever its end. */
export interface AttemptEvent {
  readonly type: 'attempted'
  /** Such as `images.get`. */
  readonly operation: string
  readonly circuit: CircuitKey
  /** From 1. */
  readonly attempt: number
  readonly outcome: Outcome
  readonly durationMs: number
  readonly code?: FailureCode
  readonly status?: number
}

/** A call has ended: all its attempts, and the pauses between. */
export interface CallEvent {
  readonly type: 'called'
  readonly operation: string
  readonly circuit: CircuitKey
  readonly outcome: 'succeeded' | 'failed' | 'aborted'
  readonly attempts: number
  readonly durationMs: number
  readonly code?: FailureCode
}

/** A call will be tried again, or, if it must not be sent again, only be looked for. */
export interface RetryEvent {
  readonly type: 'retried'
  readonly operation: string
  readonly circuit: CircuitKey
  /** How often it was sent so far: the attempt that failed, from 1; 0 if it was turned away before. */
  readonly attempt: number
  readonly delayMs: number
  readonly reason: FailureCode
}

/** A call could have been tried again, and was not. */
export interface RetryForgoneEvent {
  readonly type: 'retry-forgone'
  readonly operation: string
  readonly circuit: CircuitKey
  /** As in `RetryEvent`. */
  readonly attempt: number
  /** `budget`: too many retries of late. `deadline`: the pause would have outlasted the call. */
  readonly because: 'budget' | 'deadline'
  readonly reason: FailureCode
}

/** A call was refused before it was sent. */
export interface RefusalEvent {
  readonly type: 'refused'
  readonly operation: string
  readonly circuit: CircuitKey
  readonly by: 'circuit' | 'gate' | 'bulkhead'
  readonly retryAfterMs?: number
}

export interface CircuitEvent {
  readonly type: 'circuit-changed'
  readonly circuit: CircuitKey
  readonly from: CircuitStatus
  readonly to: CircuitStatus
  /** Why: what tripped it, a probe that succeeded, a probe that told nothing, a person, or the rest of the fleet. */
  readonly because: TripReason | 'probing' | 'recovered' | 'released' | 'manual' | 'fleet'
  /** Calls in the window of this process when it happened. */
  readonly calls: number
  readonly failures: number
  readonly slow: number
  /** How long it stays open, if it opened. */
  readonly openMs?: number
}

export type CircuitStatus = BreakerState['status'] | 'isolated' | 'disabled'

/** The account's limit is used up: nothing is sent until it is filled again. */
export interface GateEvent {
  readonly type: 'gate-closed'
  readonly gate: GateKey
  readonly closedMs: number
}

/** The store that processes share cannot be reached: from now on each goes by what it knows itself. */
export interface StoreDegradedEvent {
  readonly type: 'store-degraded'
  /** The kind of error, never its message. */
  readonly reason: string
}

/** It can be reached again. */
export interface StoreRestoredEvent {
  readonly type: 'store-restored'
}

/** The batch host could not be used, so calls go to the API itself. */
export interface BatchEvent {
  readonly type: 'batch-unavailable'
  readonly reason: FailureCode
}

export type ClientEvent =
  | AttemptEvent
  | CallEvent
  | RetryEvent
  | RetryForgoneEvent
  | RefusalEvent
  | CircuitEvent
  | GateEvent
  | StoreDegradedEvent
  | StoreRestoredEvent
  | BatchEvent

export type ClientEventType = ClientEvent['type']
export type EventOf<Type extends ClientEventType> = Extract<ClientEvent, { readonly type: Type }>

/** Any event has a type, and nothing else in common. */
interface AnyEvent {
  readonly type: string
}

type OfType<Event extends AnyEvent, Type extends Event['type']> = Extract<
  Event,
  { readonly type: Type }
>

export interface Events<Event extends AnyEvent = ClientEvent> {
  /** Hears one type of event. What it returns ends that. */
  readonly on: <Type extends Event['type']>(
    type: Type,
    listener: (event: OfType<Event, Type>) => void,
  ) => () => void
}

export interface EventBus<Event extends AnyEvent = ClientEvent> extends Events<Event> {
  /** Whether anybody listens to this type. */
  readonly hears: (type: Event['type']) => boolean
  /** Tells those who listen; the event is made only if somebody does. A listener that throws harms nobody else. */
  readonly emit: <Type extends Event['type']>(type: Type, make: () => OfType<Event, Type>) => void
}

/** Makes a bus. `onListenerError` hears what listeners throw: it is a bug of theirs, and never of the call. */
export function createEventBus<Event extends AnyEvent = ClientEvent>(
  onListenerError: (error: unknown) => void,
): EventBus<Event> {
  const listeners = new Map<string, Set<(event: Event) => unknown>>()
  return { on, emit, hears: (type) => (listeners.get(type)?.size ?? 0) > 0 }

  function on<Type extends Event['type']>(
    type: Type,
    listener: (event: OfType<Event, Type>) => void,
  ): () => void {
    const listen = (event: Event): unknown => {
      return isOfType(event, type) ? listener(event) : undefined
    }
    // A new set: one that leaves and comes back while it hears would be told of one event for ever.
    listeners.set(type, new Set([...(listeners.get(type) ?? []), listen]))
    return () => listeners.get(type)?.delete(listen)
  }

  function emit<Type extends Event['type']>(type: Type, make: () => OfType<Event, Type>): void {
    const those = listeners.get(type)
    if (!those || those.size === 0) return
    const event = make()
    for (const listener of those) tell(listener, event)
  }

  function tell(listener: (event: Event) => unknown, event: Event): void {
    try {
      const told = listener(event)
      if (told instanceof Promise) told.catch(report)
    } catch (error) {
      report(error)
    }
  }

  function report(error: unknown): void {
    try {
      onListenerError(error)
    } catch {
      // Whoever should have heard of it throws as well: there is nobody left to tell, and the call goes on.
    }
  }
}

function isOfType<Event extends AnyEvent, Type extends Event['type']>(
  event: Event,
  type: Type,
): event is OfType<Event, Type> {
  return event.type === type
}
