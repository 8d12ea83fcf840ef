import { settleWithin } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'
import type { JobPlaces } from './job-places.ts'

/** How long jobs that were aborted may take to end. */
const ABORT_MS = 1000

/**
 * Begins nothing more, and lets what is under way end within the grace; then aborts it. What heeds that is given back at once. What does not is
 * left to its lease: two must never be at one job.
 */
export async function stopJobs(
  places: JobPlaces,
  { schedule }: Pick<Surroundings, 'schedule'>,
  graceMs: number,
): Promise<void> {
  places.shut()
  await waitForAll(graceMs)
  for (const run of places.list()) run.stop()
  await waitForAll(ABORT_MS)
  places.close()

  function waitForAll(ms: number): Promise<void> {
    const ended = Promise.all(places.list().map((run) => run.ended))
    return settleWithin<void>(
      { schedule, ms, signal: undefined, onTime: (resolve) => resolve() },
      (resolve) => void ended.then(() => resolve()),
    )
  }
}
