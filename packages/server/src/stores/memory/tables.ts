import type { JobLease, NewJob } from '../../jobs/job-store.ts'
import type { Attempt, ImageRecord } from '../../uploads/record.ts'
import type { AuditEntry, Usage } from '../../uploads/store.ts'
import { enqueueJob, toJobKey } from '../stored-job.ts'
import type { StoredJob } from '../stored-job.ts'

/** Everything the store holds. A method reads first and writes last, in one go, so that it writes all or nothing. */
export interface Tables {
  readonly records: Map<string, ImageRecord>
  /** The id of the record of an owner and upload id. */
  readonly uploads: Map<string, string>
  /** In the order in which they were added. */
  readonly attempts: Map<string, Attempt>
  readonly attemptsOf: Map<string, Set<string>>
  readonly jobs: Map<string, StoredJob>
  readonly audit: Map<string, AuditEntry[]>
  readonly usages: Map<string, readonly Usage[]>
  readonly leases: Map<string, JobLease>
  readonly epochs: Map<string, number>
  /** Until when an id stays used up. */
  readonly consumed: Map<string, number>
}

/** Makes empty tables. */
export function createTables(): Tables {
  return {
    records: new Map(),
    uploads: new Map(),
    attempts: new Map(),
    attemptsOf: new Map(),
    jobs: new Map(),
    audit: new Map(),
    usages: new Map(),
    leases: new Map(),
    epochs: new Map(),
    consumed: new Map(),
  }
}

/** Writes a record and the line of the audit that belongs to it. */
export function putRecord(
  { records, audit }: Tables,
  record: ImageRecord,
  entry: AuditEntry,
): void {
  records.set(record.id, record)
  const lines = audit.get(record.id)
  if (lines) lines.push(entry)
  else audit.set(record.id, [entry])
}

/** Writes attempts, new and changed. */
export function putAttempts(tables: Tables, attempts: Iterable<Attempt>): void {
  for (const attempt of attempts) {
    tables.attempts.set(attempt.id, attempt)
    const ids = tables.attemptsOf.get(attempt.imageId)
    if (ids) ids.add(attempt.id)
    else tables.attemptsOf.set(attempt.imageId, new Set([attempt.id]))
  }
}

/** Writes jobs, new and enqueued again. */
export function putJobs({ jobs }: Tables, added: readonly NewJob[] = [], now: number): void {
  for (const job of added) {
    const key = toJobKey(job)
    jobs.set(key, enqueueJob(jobs.get(key), job, now))
  }
}
