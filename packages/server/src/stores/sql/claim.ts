import { sql } from 'kysely'
import type { ExpressionBuilder, QueryCreator } from 'kysely'
import type { Job, JobClaim, JobLease } from '../../jobs/job-store.ts'
import { earliestFirst, toJob } from '../stored-job.ts'
import { inStatement } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import { jobColumns, toStoredJob } from './job-rows.ts'
import type { Database } from './tables.ts'

/** So many keys fit into one statement of every engine. */
const CHUNK = 500

/** Leases those due jobs that have been ready for longest. */
export async function claim(engine: SqlEngine, asked: JobClaim): Promise<readonly Job[]> {
  if (asked.kinds?.length === 0) return []
  if (!asked.keys) return claimSome(engine, asked)
  const claimed: Job[] = []
  for (const keys of toChunks(asked.keys)) {
    const limit = asked.limit - claimed.length
    if (limit > 0) claimed.push(...(await claimSome(engine, { ...asked, keys, limit })))
  }
  return claimed
}

async function claimSome(engine: SqlEngine, asked: JobClaim): Promise<readonly Job[]> {
  const { owner, until } = asked.lease
  const rows = await inStatement(engine, (db) =>
    db
      .with('due', (db) => selectDue(db, asked, engine.writers))
      .updateTable('jobs')
      .set((eb) => ({
        lease_owner: owner,
        lease_until: until,
        ready_at: toReadyAt(eb, until),
        again_at: null,
      }))
      .where('key', 'in', (eb) => eb.selectFrom('due').select('due.key'))
      .returning(jobColumns)
      .execute(),
  )
  return rows.map((row) => toJob(toStoredJob(row))).toSorted(earliestFirst)
}

/** Jobs that another process is claiming at this moment are passed over, not waited for. */
function selectDue(
  db: QueryCreator<Database>,
  { now, limit, keys, kinds }: JobClaim,
  writers: SqlEngine['writers'],
) {
  return (
    db
      .selectFrom('jobs')
      .select('key')
      // Written out, because the index of queued jobs is not known to fit a value that comes later.
      .where('state', '=', sql.lit('queued' as const))
      .where('ready_at', '<=', now)
      .$if(keys !== undefined, (due) => due.where('key', 'in', keys ?? []))
      .$if(kinds !== undefined, (due) => due.where('kind', 'in', kinds ?? []))
      .orderBy('ready_at')
      .orderBy('key')
      .limit(limit)
      .$if(writers === 'many', (due) => due.forUpdate().skipLocked())
  )
}

function toReadyAt(eb: ExpressionBuilder<Database, 'jobs'>, until: number) {
  return eb.case().when('jobs.run_at', '>', until).then(eb.ref('jobs.run_at')).else(until).end()
}

/** Makes leases longer, of those jobs that are still the owner's. */
export async function renew(
  engine: SqlEngine,
  keys: readonly string[],
  { owner, until }: JobLease,
): Promise<readonly string[]> {
  const renewed: string[] = []
  for (const chunk of toChunks(keys)) {
    const rows = await inStatement(engine, (db) =>
      db
        .updateTable('jobs')
        .set((eb) => ({ lease_until: until, ready_at: toReadyAt(eb, until) }))
        .where('key', 'in', chunk)
        .where('lease_owner', '=', owner)
        .returning('key')
        .execute(),
    )
    renewed.push(...rows.map(({ key }) => key))
  }
  return renewed
}

function toChunks(keys: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(keys.length / CHUNK)
  return Array.from({ length: count }, (_, at) => keys.slice(at * CHUNK, (at + 1) * CHUNK))
}
