import type { Rhythm } from '../timing/time-calls.ts'

/** The terms on which everybody is measured: the same policy, as far as each can express it. */

/** Tries in all. */
export const ATTEMPTS = 4
/** Failures in a row that open a breaker. */
export const OPEN_AFTER = 5
export const OPEN_MS = 30_000
export const TIMEOUT_MS = 10_000

/** The function under test. */
export const returnOne = async (): Promise<number> => 1

/** So many calls that SQLite writes its log back into the file within each batch. */
export const uploadRhythm: Rhythm = { warmUpMs: 400, batches: 10, batchMs: 25, minCalls: 60 }

/** How many jobs there are in one call. */
export const JOBS = 1000
/** How many are added in one go. */
export const JOBS_AT_ONCE = 100
/** How many are done side by side. */
export const CONCURRENCY = 8

/** A call is long, and a few of them tell enough. */
export const jobsRhythm: Rhythm = { warmUpMs: 300, batches: 4, batchMs: 0, minCalls: 1 }
