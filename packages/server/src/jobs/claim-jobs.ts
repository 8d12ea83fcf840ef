import type { Surroundings } from '../surroundings.ts'
import type { JobHandlers } from './job-handler.ts'
import { callingKinds, freeKinds } from './job-kinds.ts'
import type { JobKind, JobStore } from './job-store.ts'
import type { JobLeases } from './job-leases.ts'
import type { Performer } from './perform-jobs.ts'

/** How many places there are now: in all, and of those for jobs that call Cloudflare. */
export interface Room {
  readonly free: number
  readonly calling: number
}

export interface ClaimJobsOptions {
  readonly store: JobStore
  readonly handlers: JobHandlers
  readonly owner: string
  readonly leaseMs: number
  readonly batchSize: number
  readonly surroundings: Pick<Surroundings, 'now' | 'monotonic'>
  readonly leases: Pick<JobLeases, 'holds'>
  readonly room: () => Room
  /** Takes what was claimed at that time, on the monotonic clock. */
  readonly onClaimed: (performer: Performer, claimedAt: number) => void
}

type Keys = readonly string[] | undefined

/** Claims what is due, or of it only these keys, as far as there is room. */
export type ClaimJobs = (keys: Keys) => Promise<void>

/** Makes what claims. What is claimed is handed on before the next claim, so that the room is counted right. */
export function createClaimJobs(options: ClaimJobsOptions): ClaimJobs {
  const { store, handlers, owner, leaseMs, batchSize, surroundings } = options
  const { leases, room, onClaimed } = options
  const { confirmBatch } = handlers
  const callingAlone = callingKinds.filter((kind) => !confirmBatch || kind !== 'confirm')

  return async function claimJobs(keys) {
    if (confirmBatch) await claimTogether(keys)
    const { free, calling } = room()
    const isPaced = calling < free
    await claimAlone(isPaced ? callingAlone : [...callingAlone, ...freeKinds], calling, keys)
    if (isPaced) await claimAlone(freeKinds, room().free, keys)
  }

  /** One call settles a whole batch, so it goes first: it can never keep the others waiting for long. */
  async function claimTogether(keys: Keys): Promise<void> {
    if (!confirmBatch || room().calling <= 0) return
    const { jobs, claimedAt } = await claim(['confirm'], batchSize, keys)
    if (jobs.length > 0) onClaimed({ jobs, together: confirmBatch }, claimedAt)
  }

  async function claimAlone(kinds: readonly JobKind[], limit: number, keys: Keys): Promise<void> {
    if (limit <= 0) return
    const { jobs, claimedAt } = await claim(kinds, limit, keys)
    for (const job of jobs) onClaimed({ jobs: [job], alone: handlers[job.kind] }, claimedAt)
  }

  async function claim(kinds: readonly JobKind[], limit: number, keys: Keys) {
    const claimedAt = surroundings.monotonic()
    const now = surroundings.now()
    const lease = { owner, until: now + leaseMs }
    const claimed = await store.claim({ lease, now, limit, kinds, ...(keys && { keys }) })
    // A clock that jumps makes the lease of a job that is being done here seem over: it goes on as it is.
    const jobs = claimed.filter(({ key }) => !leases.holds(key))
    return { jobs, claimedAt }
  }
}
