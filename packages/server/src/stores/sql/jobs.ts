import { sql } from 'kysely'
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Job, JobOutcome, JobQuery, JobStore } from '../../jobs/job-store.ts'
import { isHeld, replayJob, settleJob, toJob } from '../stored-job.ts'
import { claim, renew } from './claim.ts'
import { inStatement, inTransaction, reading } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import { enqueue, lockJob, updateJob } from './enqueue.ts'
import { jobColumns, toJobRow, toStoredJob } from './job-rows.ts'
import type { Database } from './tables.ts'

/** Makes the part that keeps jobs. */
export function createJobs(engine: SqlEngine, now: () => number): JobStore {
  return {
    async enqueue(jobs) {
      if (jobs.length === 0) return
      await inTransaction(engine, (db) => enqueue(engine, db, { jobs, now: now() }))
    },
    claim: (asked) => claim(engine, asked),
    renew: (keys, lease) => renew(engine, keys, lease),
    settle: (job, owner, outcome) => settle(engine, job, { owner, outcome }),
    find: (key) =>
      reading(engine, async (db) => {
        const row = await select(db).where('key', '=', key).executeTakeFirst()
        return row && toJob(toStoredJob(row))
      }),
    list: (query) => reading(engine, (db) => list(db, query)),
    async replay(key) {
      const replayed = await inTransaction(engine, async (db) => {
        const job = await lockJob(engine, db, key)
        if (job?.state !== 'dead') return 'missing' as const
        await updateJob(db, replayJob(job, now()))
        return 'replayed' as const
      })
      return replayed ?? 'missing'
    },
    count: () => reading(engine, count),
    nextAt: () =>
      reading(engine, async (db) => {
        const queued = sql.lit('queued' as const)
        const next = db.selectFrom('jobs').select('ready_at').where('state', '=', queued)
        return (await next.orderBy('ready_at').limit(1).executeTakeFirst())?.ready_at
      }),
  }
}

function select(db: Kysely<Database>) {
  return db.selectFrom('jobs').select(jobColumns)
}

interface Settled {
  readonly owner: string
  readonly outcome: JobOutcome
}

/**
 * Mostly nothing has happened to the job since it was claimed, and then one statement does. What a dead one keeps is only in the table, as
 * the caller's copy may be an older one.
 */
async function settle(engine: SqlEngine, job: Job, settled: Settled): Promise<'settled' | 'lost'> {
  const settledAtOnce =
    settled.outcome.status !== 'dead' &&
    (await inStatement(engine, (db) => settleUnchanged(db, job, settled)))
  if (settledAtOnce) return 'settled'
  const outcome = await inTransaction(engine, (db) =>
    settleChanged(engine, db, { job, ...settled }),
  )
  return outcome ?? 'lost'
}

async function settleUnchanged(
  db: Kysely<Database>,
  job: Job,
  { owner, outcome }: Settled,
): Promise<boolean> {
  const after = settleJob({ ...job, againAt: null }, job, outcome)
  const isUnchanged = (eb: ExpressionBuilder<Database, 'jobs'>) =>
    eb.and({
      key: job.key,
      created_at: job.createdAt,
      lease_owner: owner,
      revision: job.revision,
    })
  if (!after) {
    const deleted = db.deleteFrom('jobs').where(isUnchanged).returning('key')
    return (await deleted.execute()).length > 0
  }
  const { key: _key, ...columns } = toJobRow(after)
  const updated = db.updateTable('jobs').set(columns).where(isUnchanged).returning('key')
  return (await updated.execute()).length > 0
}

async function settleChanged(
  engine: SqlEngine,
  db: Kysely<Database>,
  { job, owner, outcome }: Settled & { readonly job: Job },
): Promise<'settled' | 'lost'> {
  const before = await lockJob(engine, db, job.key)
  if (!before || !isHeld(before, job, owner)) return 'lost'
  const after = settleJob(before, job, outcome)
  if (after) await updateJob(db, after)
  else await db.deleteFrom('jobs').where('key', '=', job.key).execute()
  return 'settled'
}

async function list(db: Kysely<Database>, query: JobQuery): Promise<readonly Job[]> {
  const { state, kind, after, limit } = query
  const rows = await select(db)
    .$if(state !== undefined, (found) => found.where('state', '=', state ?? 'queued'))
    .$if(kind !== undefined, (found) => found.where('kind', '=', kind ?? 'expire'))
    .$if(after !== undefined, (found) => found.where('key', '>', after ?? ''))
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map((row) => toJob(toStoredJob(row)))
}

async function count(db: Kysely<Database>) {
  const rows = await db
    .selectFrom('jobs')
    .select((eb) => [
      'kind',
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number>('created_at').as('oldestAt'),
    ])
    .groupBy(['kind', 'state'])
    .execute()
  return rows
}
