import type { Kysely } from 'kysely'
import type { NewJob } from '../../jobs/job-store.ts'
import { enqueueJob, toJobKey } from '../stored-job.ts'
import type { StoredJob } from '../stored-job.ts'
import type { SqlEngine } from './engine.ts'
import { jobColumns, toJobRow, toStoredJob } from './job-rows.ts'
import type { Database } from './tables.ts'

/** So many rows fit into one statement of every engine. */
const CHUNK = 500

/** Adds jobs in the transaction of what they belong to. Always in the order of keys, so that no two wait for each other. */
export async function enqueue(
  engine: SqlEngine,
  db: Kysely<Database>,
  { jobs = [], now }: { readonly jobs: readonly NewJob[] | undefined; readonly now: number },
): Promise<void> {
  const ordered = jobs.toSorted((one, other) => (toJobKey(one) < toJobKey(other) ? -1 : 1))
  for (let at = 0; at < ordered.length; at += CHUNK) {
    const chunk = ordered.slice(at, at + CHUNK)
    const added = await insert(db, chunk, now)
    for (const job of chunk) {
      // The first of a key was added; what follows is the same job again.
      if (!added.delete(toJobKey(job))) await enqueueAgain(engine, db, { job, now })
    }
  }
}

/** Answers the keys that were new. */
async function insert(
  db: Kysely<Database>,
  jobs: readonly NewJob[],
  now: number,
): Promise<Set<string>> {
  const rows = await db
    .insertInto('jobs')
    .values(jobs.map((job) => toJobRow(enqueueJob(undefined, job, now))))
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .execute()
  return new Set(rows.map(({ key }) => key))
}

async function enqueueAgain(
  engine: SqlEngine,
  db: Kysely<Database>,
  { job, now }: { readonly job: NewJob; readonly now: number },
): Promise<void> {
  const before = await lockJob(engine, db, toJobKey(job))
  if (before) {
    await updateJob(db, enqueueJob(before, job, now))
    return
  }
  // It was done in between, so it is new again.
  const added = await insert(db, [job], now)
  if (added.size === 0) await enqueueAgain(engine, db, { job, now })
}

/** Reads a job that this transaction is about to change. */
export async function lockJob(
  { writers }: SqlEngine,
  db: Kysely<Database>,
  key: string,
): Promise<StoredJob | undefined> {
  const row = await db
    .selectFrom('jobs')
    .select(jobColumns)
    .where('key', '=', key)
    .$if(writers === 'many', (query) => query.forUpdate())
    .executeTakeFirst()
  return row && toStoredJob(row)
}

/** Writes a job that this transaction has locked. */
export async function updateJob(db: Kysely<Database>, job: StoredJob): Promise<void> {
  const { key, ...columns } = toJobRow(job)
  await db.updateTable('jobs').set(columns).where('key', '=', key).execute()
}
