import type { FailureCode, ImagesError } from '@lightfast/core'
import type { Job, JobKind } from './job-store.ts'

/**
 * What became of a job. `againAt`: nothing went wrong, but it is to be looked at again then, in ms since the epoch; that uses up
 * no try. `code` tells operators why.
 */
export type JobResult = 'done' | { readonly againAt: number; readonly code?: FailureCode }

/** What a handler works with besides the job. */
export interface JobTools {
  /**
   * Aborts when the job is no longer ours: its lease was lost, its time is over, or the runner stops for good. The lease
   * holds while a handler heeds it.
   */
  readonly signal: AbortSignal
}

/**
 * Does a job. It may be done more than once, because a process can die after the work and before it is written down: doing it again must
 * do no harm. What it throws is a failed try.
 */
export type JobHandler = (job: Job, tools: JobTools) => Promise<JobResult>

/**
 * Does several jobs of a kind in one go, and tells by key what became of each. A job that it tells nothing of has failed; if it
 * throws, all have.
 */
export type JobBatchHandler = (
  jobs: readonly Job[],
  tools: JobTools,
) => Promise<ReadonlyMap<string, JobResult | ImagesError>>

/** What each kind of job does. */
export interface JobHandlers extends Readonly<Record<JobKind, JobHandler>> {
  /** Does confirms that are due together: one list call settles many. It is used instead of `confirm` if it is there. */
  readonly confirmBatch?: JobBatchHandler
  /**
   * Hears that a job is about to be given up, before that is written: whoever waits for it is told first. While it fails, the job is not
   * given up but tried again.
   */
  readonly onDead?: (job: Job, code: FailureCode) => Promise<void>
}

/** How a handler ended. */
export type JobEnd = { readonly result: JobResult } | { readonly error: unknown }
