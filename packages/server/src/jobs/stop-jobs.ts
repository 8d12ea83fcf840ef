import { settleWithin } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'
import type { JobPlaces } from './job-places.ts'

/** How long jobs that were aborted may take to end. */
const ABORT_MS = 1000

/** How long a store and a dispatcher that do not answer may hold up the end. */
const LEAVE_MS = 5000

export interface Stopping {
  readonly places: JobPlaces
  /** Settles when nobody asks for more any longer. */
  readonly leaving: Promise<unknown>
  readonly graceMs: number
}

/**
 * Begins nothing more, and lets what is under way end within the grace; then aborts it. What heeds that is given back at once. What does not is
 * left to its lease: two must never be at one job.
 */
export async function stopJobs(
  { places, leaving, graceMs }: Stopping,
  { schedule }: Pick<Surroundings, 'schedule'>,
): Promise<void> {
  places.shut()
  await atMost(graceMs, allEnded())
  for (const run of places.list()) run.stop()
  await atMost(ABORT_MS, allEnded())
  places.close()
  await atMost(LEAVE_MS, leaving)

  function allEnded(): Promise<unknown> {
    return Promise.all(places.list().map((run) => run.ended))
  }

  function atMost(ms: number, done: Promise<unknown>): Promise<void> {
    return settleWithin<void>(
      { schedule, ms, signal: undefined, onTime: (resolve) => resolve() },
      (resolve, reject) => void done.then(() => resolve(), reject),
    )
  }
}
