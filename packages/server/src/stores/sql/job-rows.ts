import type { Selectable } from 'kysely'
import type { JobLease } from '../../jobs/job-store.ts'
import { toReadyAt } from '../stored-job.ts'
import type { StoredJob } from '../stored-job.ts'
import type { JobsTable } from './tables.ts'

/** Named one by one, so that a column of a later version changes no answer of this one. */
export const jobColumns = [
  'key',
  'kind',
  'subject',
  'state',
  'run_at',
  'tries',
  'pause_ms',
  'lease_owner',
  'lease_until',
  'code',
  'revision',
  'again_at',
  'created_at',
] as const

type JobRow = Pick<Selectable<JobsTable>, (typeof jobColumns)[number]>

/** Reads a job from its row. */
export function toStoredJob(row: JobRow): StoredJob {
  return {
    key: row.key,
    kind: row.kind,
    subject: row.subject,
    state: row.state,
    runAt: row.run_at,
    tries: row.tries,
    pauseMs: row.pause_ms,
    lease: toLease(row),
    code: row.code,
    revision: row.revision,
    againAt: row.again_at,
    createdAt: row.created_at,
  }
}

function toLease({ lease_owner: owner, lease_until: until }: JobRow): JobLease | null {
  return owner === null || until === null ? null : { owner, until }
}

/** Writes a job as a row. */
export function toJobRow(job: StoredJob): JobsTable {
  return {
    key: job.key,
    kind: job.kind,
    subject: job.subject,
    state: job.state,
    run_at: job.runAt,
    ready_at: toReadyAt(job),
    tries: job.tries,
    pause_ms: job.pauseMs,
    lease_owner: job.lease?.owner ?? null,
    lease_until: job.lease?.until ?? null,
    code: job.code,
    revision: job.revision,
    again_at: job.againAt,
    created_at: job.createdAt,
  }
}
