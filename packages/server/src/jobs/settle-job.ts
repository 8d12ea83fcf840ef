import type { Surroundings } from '../surroundings.ts'
import type { HeldLease } from './job-leases.ts'
import type { Job, JobOutcome, JobStore } from './job-store.ts'

export interface SettleJobOptions {
  readonly store: JobStore
  readonly owner: string
  readonly surroundings: Pick<Surroundings, 'schedule'>
}

/** Writes an outcome, as long as the job is ours. A store that does not answer is asked again, with growing pauses. */
export type SettleJob = (
  job: Job,
  lease: HeldLease,
  outcome: JobOutcome,
) => Promise<'settled' | 'lost'>

const FIRST_PAUSE_MS = 200
const MAX_PAUSE_MS = 5000

/** Makes what writes outcomes. */
export function createSettleJob({ store, owner, surroundings }: SettleJobOptions): SettleJob {
  return async function settleJob(job, lease, outcome) {
    for (let pauseMs = FIRST_PAUSE_MS; lease.isOurs(); pauseMs = grow(pauseMs)) {
      try {
        const answer = await store.settle(job, owner, outcome)
        lease.release()
        return answer
      } catch {
        await new Promise<void>((resolve) => surroundings.schedule(resolve, pauseMs))
      }
    }
    return 'lost'
  }
}

function grow(pauseMs: number): number {
  return Math.min(MAX_PAUSE_MS, pauseMs * 2)
}
