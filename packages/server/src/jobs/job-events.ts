import type { FailureCode } from '@lightfast/core'
import type { StoreDegradedEvent, StoreRestoredEvent } from '../events.ts'
import type { JobKind } from './job-store.ts'
import type { SettledAs } from './to-outcome.ts'

/** A try of a job has ended, and that is written down. */
export interface JobSettledEvent {
  readonly type: 'job-settled'
  readonly kind: JobKind
  /** `dead`: it was given up, until somebody replays it. `parked`: it waits for something else, and used up no try. */
  readonly outcome: SettledAs
  readonly code?: FailureCode
  readonly durationMs: number
}

/** A job was no longer ours when it ended, or before: somebody else does it again. */
export interface JobLostEvent {
  readonly type: 'job-lost'
  readonly kind: JobKind
}

/** Keys could not be handed to the dispatcher: the poll of the table will find those jobs. */
export interface DispatchFailedEvent {
  readonly type: 'dispatch-failed'
  /** The kind of error, never its message. */
  readonly reason: string
}

/** What a job runner tells. Labels are closed sets: no event holds an id, a token or an address. */
export type JobEvent =
  | JobSettledEvent
  | JobLostEvent
  | DispatchFailedEvent
  | StoreDegradedEvent
  | StoreRestoredEvent
