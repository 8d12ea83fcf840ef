import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ImageRecord } from '../../uploads/record.ts'
import type { Room, StartLimits } from '../../uploads/store.ts'
import { checkLimits, checkRoom, unfinishedStates } from '../next-record.ts'
import type { SqlEngine } from './engine.ts'
import type { Database } from './tables.ts'

/** Refuses a record that is over a limit of its owner, whoever begins at the same time. It is written, but not yet counted. */
export async function checkStarts(
  db: Kysely<Database>,
  { id, ownerId }: ImageRecord,
  limits: StartLimits,
): Promise<void> {
  const others = db.selectFrom('images').where('owner_id', '=', ownerId).where('id', '!=', id)
  const started = await db
    .selectNoFrom([
      others
        .select((eb) => eb.fn.countAll<number>().as('starts'))
        .where('created_at', '>=', limits.since)
        .as('starts'),
      others
        .select((eb) => eb.fn.countAll<number>().as('unfinished'))
        .where('state', 'in', unfinishedStates)
        .as('unfinished'),
    ])
    .executeTakeFirstOrThrow()
  checkLimits({ starts: started.starts ?? 0, unfinished: started.unfinished ?? 0 }, limits)
}

/** Makes the records of one owner begin one after the other. */
export async function lockStarts(
  engine: SqlEngine,
  db: Kysely<Database>,
  ownerId: string,
): Promise<void> {
  await engine.lock(db, `starts of ${ownerId}`)
}

/** Refuses bytes for which there is no room, whoever asks for room at the same time. */
export async function checkSpace(
  engine: SqlEngine,
  db: Kysely<Database>,
  {
    record,
    sizeBytes,
    room,
  }: { readonly record: ImageRecord; readonly sizeBytes: number; readonly room: Room },
): Promise<void> {
  await engine.lock(db, 'room')
  const { id, ownerId } = record
  const others = db
    .selectFrom('images')
    .select(sumKept)
    .where('kept_size_bytes', 'is not', null)
    .where('id', '!=', id)
  const total = await others.executeTakeFirstOrThrow()
  const owner = await others.where('owner_id', '=', ownerId).executeTakeFirstOrThrow()
  checkRoom({ totalBytes: total.bytes, ownerBytes: owner.bytes }, sizeBytes, room)
}

/** A sum of integers is a decimal in some engines. */
const sumKept = sql<number>`cast(coalesce(sum(kept_size_bytes), 0) as bigint)`.as('bytes')
