import type { Kysely } from 'kysely'
import type { Attempt } from '../../uploads/record.ts'
import type { AttemptChange, AttemptStore } from '../../uploads/store.ts'
import { applyChange, refuseMissing, refuseTaken } from '../next-record.ts'
import { attemptColumns, toAttempt, toAttemptRow, toSetColumns } from './attempt-rows.ts'
import { inTransaction, reading, undo } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import { enqueue } from './enqueue.ts'
import type { Database } from './tables.ts'

/** Makes the part that keeps attempts. */
export function createAttempts(engine: SqlEngine, now: () => number): AttemptStore {
  return {
    async change(changes, jobs) {
      const changed = await inTransaction(engine, async (db) => {
        if (!(await changeAttempts(engine, db, changes))) undo()
        await enqueue(engine, db, { jobs, now: now() })
        return true
      })
      return changed ? 'changed' : 'unchanged'
    },
    find: (id) =>
      reading(engine, async (db) => {
        const row = await select(db).where('id', '=', id).executeTakeFirst()
        return row && toAttempt(row)
      }),
    findMany: (ids) => reading(engine, (db) => findAttempts(db, [...new Set(ids)])),
    findByCloudflareId: (cloudflareId) =>
      reading(engine, async (db) => {
        const found = newestFirst(select(db).where('cloudflare_id', '=', cloudflareId))
        const row = await found.limit(1).executeTakeFirst()
        return row && toAttempt(row)
      }),
    of: (imageId) =>
      reading(engine, async (db) => {
        const rows = await newestFirst(select(db).where('image_id', '=', imageId)).execute()
        return rows.map(toAttempt)
      }),
  }
}

/** So many ids fit into one statement of every engine. */
const CHUNK = 500

async function findAttempts(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  for (let at = 0; at < ids.length; at += CHUNK) {
    const found = select(db).where('id', 'in', ids.slice(at, at + CHUNK))
    attempts.push(...(await found.execute()).map(toAttempt))
  }
  return attempts
}

function select(db: Kysely<Database>) {
  return db.selectFrom('attempts').select(attemptColumns)
}

function newestFirst(attempts: ReturnType<typeof select>) {
  return attempts.orderBy('created_at', 'desc').orderBy('seq', 'desc')
}

/** Writes changes one after the other, and answers false at the first that may not happen: the caller undoes the rest. */
export async function changeAttempts(
  engine: SqlEngine,
  db: Kysely<Database>,
  changes: readonly AttemptChange[] = [],
): Promise<boolean> {
  if (engine.writers === 'many') await lockAll(db, changes)
  for (const change of changes) {
    if ('add' in change) await add(db, change.add)
    else if (!(await set(db, change))) return false
  }
  return true
}

/** Always in the same order, so that no two wait for each other. Of two who add to an image, the second counts what the first added. */
async function lockAll(db: Kysely<Database>, changes: readonly AttemptChange[]): Promise<void> {
  const imageIds = changes.flatMap((change) => ('add' in change ? change.add.imageId : []))
  const ids = changes.flatMap((change) => ('add' in change ? [] : change.id))
  await lockRows(db, 'images', imageIds)
  await lockRows(db, 'attempts', ids)
}

async function lockRows(
  db: Kysely<Database>,
  table: 'images' | 'attempts',
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await db.selectFrom(table).select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

async function add(db: Kysely<Database>, attempt: Attempt): Promise<void> {
  const image = await db
    .selectFrom('images')
    .select('id')
    .where('id', '=', attempt.imageId)
    .executeTakeFirst()
  if (!image) refuseMissing()
  const added = await db
    .insertInto('attempts')
    .values((eb) => ({
      ...toAttemptRow(attempt),
      seq: eb
        .selectFrom('attempts')
        .select((eb) => eb.fn.coalesce(eb(eb.fn.max('seq'), '+', 1), eb.lit(1)).as('seq'))
        .where('image_id', '=', attempt.imageId),
    }))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuseTaken('an attempt')
}

async function set(
  db: Kysely<Database>,
  change: Exclude<AttemptChange, { readonly add: Attempt }>,
): Promise<boolean> {
  const row = await select(db).where('id', '=', change.id).executeTakeFirst()
  const after = applyChange(row && toAttempt(row), change)
  if (!after) return false
  const columns = toSetColumns(change.set)
  if (Object.keys(columns).length === 0) return true
  await db.updateTable('attempts').set(columns).where('id', '=', change.id).execute()
  return true
}
