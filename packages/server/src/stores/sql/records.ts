import type { Kysely } from 'kysely'
import type { ImageRecord } from '../../uploads/record.ts'
import type { Beside, RecordStore, StartLimits } from '../../uploads/store.ts'
import { applyMove, refuseTaken, refuseUsed, toAuditEntry, toMove } from '../next-record.ts'
import type { Move } from '../next-record.ts'
import { changeAttempts } from './attempts.ts'
import { addEntry } from './audit.ts'
import { inTransaction, reading, undo } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import { enqueue } from './enqueue.ts'
import { imageColumns, toImageRow, toMovedColumns, toRecord } from './image-rows.ts'
import { checkSpace, checkStarts, lockStarts } from './owner-limits.ts'
import { listRecords } from './list-records.ts'
import { countRecords, findRecord, findRecords, findUpload } from './select-records.ts'
import type { Database } from './tables.ts'
import { isUsed } from './usages.ts'

/** Makes the part that keeps records. */
export function createRecords(engine: SqlEngine, now: () => number): RecordStore {
  return {
    async create(record, beside, limits) {
      const addition = { beside, limits, now: now() }
      const known = await inTransaction(engine, (db) => add(engine, db, { record, ...addition }))
      return known ? { record: known, created: 'known' } : { record, created: 'new' }
    },
    find: (id) => reading(engine, (db) => findRecord(db, id)),
    findMany: (ids) => reading(engine, (db) => findRecords(db, [...new Set(ids)])),
    async move(seen, state, change) {
      const move = toMove(seen, state, change)
      return inTransaction(engine, (db) => apply(engine, db, { seen, move, now: now() }))
    },
    list: (query) => reading(engine, (db) => listRecords(db, query)),
    count: () => reading(engine, countRecords),
  }
}

interface Addition {
  readonly record: ImageRecord
  readonly beside: Beside
  readonly limits: StartLimits | undefined
  readonly now: number
}

/** Answers the record that was there already, or undefined if this one was added. A refusal undoes what was written. */
async function add(
  engine: SqlEngine,
  db: Kysely<Database>,
  { record, beside, limits, now }: Addition,
): Promise<ImageRecord | undefined> {
  if (limits) await lockStarts(engine, db, record.ownerId)
  const row = await db
    .insertInto('images')
    .values(toImageRow(record))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return (await findUpload(db, record)) ?? refuseTaken('a record')
  if (limits) await checkStarts(db, record, limits)
  await checkKept(engine, db, { record, beside, kept: record.kept })
  if (!(await changeAttempts(engine, db, beside.attempts))) {
    throw new TypeError('A new record has no attempts of another outcome.')
  }
  await addEntry(db, toAuditEntry(null, record, beside.actor))
  await enqueue(engine, db, { jobs: beside.jobs, now })
  return undefined
}

async function checkKept(
  engine: SqlEngine,
  db: Kysely<Database>,
  {
    record,
    beside: { room },
    kept,
  }: { readonly record: ImageRecord; readonly beside: Beside; readonly kept: ImageRecord['kept'] },
): Promise<void> {
  if (kept && room) await checkSpace(engine, db, { record, sizeBytes: kept.sizeBytes, room })
}

interface Step {
  readonly seen: ImageRecord
  readonly move: Move
  readonly now: number
}

async function apply(
  engine: SqlEngine,
  db: Kysely<Database>,
  { seen, move, now }: Step,
): Promise<ImageRecord | undefined> {
  const { beside, changes } = move
  const row = await db
    .updateTable('images')
    .set(toMovedColumns(applyMove(seen, move, now), changes))
    .where('id', '=', seen.id)
    .where('state', '=', seen.state)
    .where('version', '=', seen.version)
    .returning(imageColumns)
    .executeTakeFirst()
  if (!row) return undefined
  const after = toRecord(row)
  if (beside.unlessUsed && (await isUsed(db, after.id))) refuseUsed()
  await checkKept(engine, db, { record: after, beside, kept: changes.kept ?? null })
  if (!(await changeAttempts(engine, db, beside.attempts))) undo()
  await addEntry(db, toAuditEntry(seen.state, after, beside.actor))
  await enqueue(engine, db, { jobs: beside.jobs, now })
  return after
}
