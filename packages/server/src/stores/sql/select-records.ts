import type { Kysely } from 'kysely'
import type { ImageRecord } from '../../uploads/record.ts'
import type { StateCount } from '../../uploads/store.ts'
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
