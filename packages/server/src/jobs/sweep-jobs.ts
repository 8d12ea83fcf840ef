import type { JobPlaces } from './job-places.ts'
import type { JobEnding, JobRun } from './run-jobs.ts'

/** How often jobs ended in each way. */
export type JobCounts = Readonly<Record<JobEnding, number>>

export interface Sweep {
  /** @default whatever is due */
  readonly keys?: readonly string[]
  /** Asks whether to begin nothing more. */
  readonly isOver?: () => boolean
}

/** Does what is due until nothing more may begin, and waits for what it began. */
export async function sweepJobs(
  places: JobPlaces,
  { keys, isOver = () => false }: Sweep,
): Promise<JobCounts> {
  const counts = { done: 0, again: 0, parked: 0, dead: 0, lost: 0 }
  const mine = new Set<JobRun>()
  for (;;) {
    const endedBefore = places.ended()
    const begun = isOver() ? [] : await places.begin(keys)
    for (const run of begun) follow(run)
    // What ended meanwhile may have made room for more.
    if (begun.length > 0 || places.ended() > endedBefore) continue
    const isFull = !isOver() && places.room().free <= 0
    if (mine.size === 0 && !isFull) return counts
    await Promise.race(places.list().map(({ ended }) => ended))
  }

  function follow(run: JobRun): void {
    mine.add(run)
    void run.ended.then((endings) => count(run, endings))
  }

  function count(run: JobRun, endings: readonly JobEnding[]): void {
    mine.delete(run)
    for (const ending of endings) counts[ending] += 1
  }
}
