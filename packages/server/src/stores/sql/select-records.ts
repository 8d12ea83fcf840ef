import type { Kysely } from 'kysely'
import type { ImageRecord } from '../../uploads/record.ts'
import type { ListQuery, StateCount } from '../../uploads/store.ts'
import { imageColumns, toRecord } from './image-rows.ts'
import type { Database } from './tables.ts'

/** So many ids fit into one statement of every engine. */
const CHUNK = 500

function select(db: Kysely<Database>) {
  return db.selectFrom('images').select(imageColumns)
}

/** Finds one record. */
export async function findRecord(
  db: Kysely<Database>,
  id: string,
): Promise<ImageRecord | undefined> {
  const row = await select(db).where('id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

/** Finds the record of an owner and upload id. */
export async function findUpload(
  db: Kysely<Database>,
  { ownerId, uploadId }: ImageRecord,
): Promise<ImageRecord | undefined> {
  const found = select(db).where('owner_id', '=', ownerId).where('upload_id', '=', uploadId)
  const row = await found.executeTakeFirst()
  return row && toRecord(row)
}

/** Finds those records that are there. */
export async function findRecords(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<readonly ImageRecord[]> {
  const records: ImageRecord[] = []
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await select(db)
      .where('id', 'in', ids.slice(at, at + CHUNK))
      .execute()
    records.push(...rows.map(toRecord))
  }
  return records
}

/** Lists the records that a query asks for, newest first. */
export async function listRecords(
  db: Kysely<Database>,
  { ownerId, states, unusedBefore, updatedBefore, after, limit }: ListQuery,
): Promise<readonly ImageRecord[]> {
  if (states?.length === 0) return []
  let found = select(db)
  if (ownerId !== undefined) found = found.where('owner_id', '=', ownerId)
  if (states) found = found.where('state', 'in', states)
  if (unusedBefore !== undefined) found = found.where('unused_since', '<', unusedBefore)
  if (updatedBefore !== undefined) found = found.where('updated_at', '<', updatedBefore)
  if (after) {
    found = found.where((eb) =>
      eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.createdAt, after.id)),
    )
  }
  const page = found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
  return (await page.execute()).map(toRecord)
}

/** Counts records by where and why they stalled. */
export async function countRecords(db: Kysely<Database>): Promise<readonly StateCount[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('images')
        .select((eb) => [
          'state',
          'failure_stage as stage',
          'failure_code as code',
          'updated_at',
          // The rung of the attempt that has won, else of the newest one.
          eb
            .selectFrom('attempts')
            .select('rung')
            .whereRef('attempts.image_id', '=', 'images.id')
            .orderBy((eb) =>
              eb.case().when('attempts.id', '=', eb.ref('images.attempt_id')).then(0).else(1).end(),
            )
            .orderBy('attempts.created_at', 'desc')
            .orderBy('seq', 'desc')
            .limit(1)
            .as('rung'),
        ])
        .as('one'),
    )
    .select((eb) => [
      'state',
      'stage',
      'code',
      'rung',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number>('updated_at').as('oldestAt'),
    ])
    .groupBy(['state', 'stage', 'code', 'rung'])
    .execute()
}
