/** What becomes of a job, decided without an engine: every store keeps what these functions answer. */
import type { Job, JobLease, JobOutcome, NewJob } from '../jobs/job-store.ts'

/** A job as a store keeps it. */
export interface StoredJob extends Job {
  /** The earliest time that was asked for since it was claimed; null if it was not enqueued again. */
  readonly againAt: number | null
}

/** Names the one job of a kind for a subject. */
export function toJobKey({ kind, subject }: Pick<NewJob, 'kind' | 'subject'>): string {
  return `${kind}:${subject}`
}

/** Decides what a job is once it was enqueued, for the first time or again. */
export function enqueueJob(before: StoredJob | undefined, job: NewJob, now: number): StoredJob {
  if (!before) return createJob(job, now)
  const queued = before.state === 'dead' ? revive(before, job.runAt) : before
  return {
    ...queued,
    ...begin(queued, job, now),
    runAt: Math.min(queued.runAt, job.runAt),
    revision: before.revision + 1,
  }
}

function createJob(job: NewJob, now: number): StoredJob {
  return {
    key: toJobKey(job),
    kind: job.kind,
    subject: job.subject,
    state: 'queued',
    runAt: job.runAt,
    tries: 0,
    pauseMs: 0,
    lease: job.lease ?? null,
    code: null,
    revision: 0,
    createdAt: now,
    againAt: null,
  }
}

function revive(job: StoredJob, runAt: number): StoredJob {
  return { ...job, state: 'queued', runAt, tries: 0, pauseMs: 0, lease: null, againAt: null }
}

/** Who enqueues it with a lease is at it from now on, unless somebody else is. */
function begin(
  { lease, againAt }: StoredJob,
  job: NewJob,
  now: number,
): Pick<StoredJob, 'lease' | 'againAt'> {
  const isFree = lease === null || lease.until <= now
  if (job.lease && isFree) return { lease: job.lease, againAt: null }
  return {
    lease: job.lease && lease ? extend(lease, job.lease) : lease,
    againAt: Math.min(againAt ?? job.runAt, job.runAt),
  }
}

function extend(lease: JobLease, more: JobLease): JobLease {
  return lease.owner === more.owner && more.until > lease.until ? more : lease
}

/** When a queued job may be claimed: once it is due, and nobody is at it any more. */
export function toReadyAt({ runAt, lease }: Pick<Job, 'runAt' | 'lease'>): number {
  return Math.max(runAt, lease?.until ?? runAt)
}

/** The order in which claimed jobs are answered. */
export function earliestFirst(one: Job, other: Job): number {
  return one.runAt - other.runAt || (one.key < other.key ? -1 : 1)
}

/** Gives a job to an owner. */
export function claimJob(job: StoredJob, lease: JobLease): StoredJob {
  return { ...job, lease, againAt: null }
}

/** Asks whether it is still the owner's. One that was done and is enqueued anew is another job, though it has the same key. */
export function isHeld(before: StoredJob, seen: Pick<Job, 'createdAt'>, owner: string): boolean {
  return before.lease?.owner === owner && before.createdAt === seen.createdAt
}

/**
 * Decides what a job is after a try; undefined if it is done. What was asked for since the try began is kept, as if it
 * had been asked for right after it.
 */
export function settleJob(
  before: StoredJob,
  seen: Pick<Job, 'revision'>,
  outcome: JobOutcome,
): StoredJob | undefined {
  const after = applyOutcome(before, outcome)
  if (before.revision === seen.revision) return after
  const runAt = before.againAt ?? before.runAt
  if (after === undefined) return { ...revive(before, runAt), code: null }
  if (after.state === 'dead') return revive(after, runAt)
  return { ...after, runAt: Math.min(after.runAt, runAt) }
}

function applyOutcome(job: StoredJob, outcome: JobOutcome): StoredJob | undefined {
  const free = { ...job, lease: null, againAt: null }
  switch (outcome.status) {
    case 'done':
      return undefined
    case 'again': {
      const { runAt, tries, pauseMs, code } = outcome
      // What a circuit tells is from a clock with fractions, and engines keep whole milliseconds.
      return { ...free, runAt: Math.ceil(runAt), tries, pauseMs, code }
    }
    case 'dead':
      return { ...free, state: 'dead', code: outcome.code }
    default:
      return outcome satisfies never
  }
}

/** Makes a dead job due now. */
export function replayJob(job: StoredJob, now: number): StoredJob {
  return { ...revive(job, now), revision: job.revision + 1 }
}

/** Shows a job without what only the store needs. */
export function toJob(stored: StoredJob): Job {
  const { key, kind, subject, state, runAt, tries, pauseMs, lease, code, revision, createdAt } =
    stored
  return { key, kind, subject, state, runAt, tries, pauseMs, lease, code, revision, createdAt }
}
