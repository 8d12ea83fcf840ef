import type { Kysely } from 'kysely'
import type { Usage, UsageStore } from '../../uploads/store.ts'
import { refuseMissing } from '../next-record.ts'
import { inTransaction, reading } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import type { Database, UsagesTable } from './tables.ts'

/** Makes the part that keeps usages. */
export function createUsages(engine: SqlEngine, now: () => number): UsageStore {
  return {
    add: (usage) => inTransaction(engine, (db) => add(engine, db, usage)),
    remove: (usage) =>
      inTransaction(engine, async (db) => {
        await lockImage(engine, db, usage.imageId)
        const removed = await remove(db, usage)
        if (!removed || (await isUsed(db, usage.imageId))) return
        await setUnused(db, usage.imageId, now())
      }),
    of: (imageId) =>
      reading(engine, async (db) => {
        const rows = db.selectFrom('usages').selectAll().where('image_id', '=', imageId)
        const ordered = rows.orderBy('since').orderBy('type').orderBy('thing_id').orderBy('field')
        return (await ordered.execute()).map(toUsage)
      }),
  }
}

async function add(engine: SqlEngine, db: Kysely<Database>, usage: Usage): Promise<void> {
  const image = await lockImage(engine, db, usage.imageId)
  if (!image || image.state === 'deleted') refuseMissing()
  const added = await db
    .insertInto('usages')
    .values({
      image_id: usage.imageId,
      type: usage.type,
      thing_id: usage.thingId,
      field: usage.field,
      since: usage.since,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('image_id')
    .executeTakeFirst()
  if (added) await setUnused(db, usage.imageId, null)
}

/** A move of the record waits until the usage is written, and the other way round. */
function lockImage(engine: SqlEngine, db: Kysely<Database>, imageId: string) {
  return db
    .selectFrom('images')
    .select('state')
    .where('id', '=', imageId)
    .$if(engine.writers === 'many', (query) => query.forUpdate())
    .executeTakeFirst()
}

async function remove(
  db: Kysely<Database>,
  { imageId, type, thingId, field }: Omit<Usage, 'since'>,
): Promise<boolean> {
  const removed = await db
    .deleteFrom('usages')
    .where('image_id', '=', imageId)
    .where('type', '=', type)
    .where('thing_id', '=', thingId)
    .where('field', '=', field)
    .returning('image_id')
    .executeTakeFirst()
  return removed !== undefined
}

/** Asks whether anything of the app uses an image. */
export async function isUsed(db: Kysely<Database>, imageId: string): Promise<boolean> {
  const usage = db.selectFrom('usages').select('type').where('image_id', '=', imageId).limit(1)
  return (await usage.executeTakeFirst()) !== undefined
}

async function setUnused(
  db: Kysely<Database>,
  imageId: string,
  unused: number | null,
): Promise<void> {
  await db.updateTable('images').set({ unused_since: unused }).where('id', '=', imageId).execute()
}

function toUsage(row: UsagesTable): Usage {
  return {
    imageId: row.image_id,
    type: row.type,
    thingId: row.thing_id,
    field: row.field,
    since: row.since,
  }
}
