import { ImagesError } from '@lightfast/core'
import type { Kysely } from 'kysely'
import type { Surroundings } from '../surroundings.ts'
import { canMove } from '../uploads/record.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ListQuery, RecordChanges, UploadStore } from '../uploads/store.ts'
import { toAttempt, toAttemptRow, toRecord, toRow, toSlotRow } from './rows.ts'
import type { Database } from './schema.ts'

/** Makes a store on any SQL engine that kysely speaks. Run the migrations first. */
export function createSqlUploadStore(
  db: Kysely<Database>,
  { now }: Pick<Surroundings, 'now'>,
): UploadStore {
  return {
    create: (record) => guard(() => create(db, record)),
    find: (id) => guard(() => find(db, id)),
    move: (seen, state, changes = {}) =>
      guard(() => move(db, seen, { state, changes, now: now() })),
    list: (query) => guard(() => list(db, query)),
    addAttempt: (attempt) =>
      guard(async () => {
        await db.insertInto('attempts').values(toAttemptRow(attempt)).execute()
      }),
    fillAttempt: (id, slot) =>
      guard(async () => {
        await db.updateTable('attempts').set(toSlotRow(slot)).where('id', '=', id).execute()
      }),
    failAttempt: (id, code) =>
      guard(async () => {
        const failed = { outcome: 'failed', failure_code: code } as const
        await db.updateTable('attempts').set(failed).where('id', '=', id).execute()
      }),
    attempts: (imageId) => guard(() => attempts(db, imageId)),
  }
}

async function create(db: Kysely<Database>, record: ImageRecord) {
  const inserted = await db
    .insertInto('images')
    .values(toRow(record))
    .onConflict((conflict) => conflict.columns(['owner_id', 'upload_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (inserted) return { record: toRecord(inserted), created: 'new' as const }
  const known = await db
    .selectFrom('images')
    .selectAll()
    .where('owner_id', '=', record.ownerId)
    .where('upload_id', '=', record.uploadId)
    .executeTakeFirstOrThrow()
  return { record: toRecord(known), created: 'known' as const }
}

async function find(db: Kysely<Database>, id: string): Promise<ImageRecord | undefined> {
  const row = await db.selectFrom('images').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

interface Move {
  readonly state: ImageRecord['state']
  readonly changes: RecordChanges
  readonly now: number
}

async function move(
  db: Kysely<Database>,
  seen: ImageRecord,
  { state, changes, now }: Move,
): Promise<ImageRecord | undefined> {
  if (!canMove(seen.state, state)) {
    throw new TypeError(`A record cannot go from ${seen.state} to ${state}.`)
  }
  const next = toRow({ ...seen, ...changes, state, version: seen.version + 1, updatedAt: now })
  const row = await db
    .updateTable('images')
    .set(next)
    .where('id', '=', seen.id)
    .where('state', '=', seen.state)
    .where('version', '=', seen.version)
    .returningAll()
    .executeTakeFirst()
  return row && toRecord(row)
}

async function list(db: Kysely<Database>, query: ListQuery): Promise<readonly ImageRecord[]> {
  const { ownerId, state, after, limit } = query
  let rows = db.selectFrom('images').selectAll().where('owner_id', '=', ownerId)
  if (state) rows = rows.where('state', '=', state)
  if (after) {
    rows = rows.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
      ]),
    )
  }
  const page = rows.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
  return (await page.execute()).map(toRecord)
}

async function attempts(db: Kysely<Database>, imageId: string) {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(toAttempt)
}

/** The one place where an unknown error of the engine becomes a failure. */
async function guard<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TypeError) throw error
    throw new ImagesError('store_unavailable', 'The database did not answer.', { cause: error })
  }
}
