import { jobKinds } from '../jobs/job-store.ts'
import type { Job, JobCount } from '../jobs/job-store.ts'
import type { StateCount } from '../uploads/store.ts'

/** How many there are with the same labels, and how old the oldest is. */
export interface LabelledCount {
  /** Words of closed sets. An empty one says that there is nothing to tell. */
  readonly labels: Readonly<Record<string, string>>
  readonly count: number
  readonly oldestSeconds: number
}

/** Names each group of records by its state, and by where and why it stalled. */
export function labelRecords(
  records: readonly StateCount[],
  now: number,
): readonly LabelledCount[] {
  return records.map(({ state, stage, code, rung, count, oldestAt }) => ({
    labels: { state, stage: stage ?? '', code: code ?? '', rung: rung ?? '' },
    count,
    oldestSeconds: toAgeSeconds(oldestAt, now),
  }))
}

/** Gives every kind and state of jobs: one that is left goes to 0, and is not forgotten. */
export function labelJobs(jobs: readonly JobCount[], now: number): readonly LabelledCount[] {
  return jobKinds.flatMap((kind) =>
    jobStates.map((state) => {
      const found = jobs.find((one) => one.kind === kind && one.state === state)
      const { count = 0, oldestAt = now } = found ?? {}
      return { labels: { kind, state }, count, oldestSeconds: toAgeSeconds(oldestAt, now) }
    }),
  )
}

const jobStates = ['queued', 'dead'] as const satisfies readonly Job['state'][]

/** A clock that was put back makes nothing younger than new. */
function toAgeSeconds(oldestAt: number, now: number): number {
  return Math.max(0, now - oldestAt) / 1000
}
