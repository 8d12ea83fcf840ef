import type { Kysely } from 'kysely'
import type { AuditEntry, AuditStore } from '../../uploads/store.ts'
import { reading } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import type { AuditTable, Database } from './tables.ts'

/** Makes the part that reads the audit. */
export function createAudit(engine: SqlEngine): AuditStore {
  return {
    of: (imageId) =>
      reading(engine, async (db) => {
        const lines = db.selectFrom('audit').selectAll().where('image_id', '=', imageId)
        return (await lines.orderBy('version').execute()).map(toEntry)
      }),
  }
}

function toEntry(row: AuditTable): AuditEntry {
  return {
    imageId: row.image_id,
    version: row.version,
    at: row.at,
    actor: row.actor,
    from: row.from_state,
    to: row.to_state,
    attemptId: row.attempt_id,
    code: row.code,
  }
}

/** Adds a line, in the transaction of what it tells about. */
export async function addEntry(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  const { imageId, version, at, actor, from, to, attemptId, code } = entry
  await db
    .insertInto('audit')
    .values({
      image_id: imageId,
      version,
      at,
      actor,
      from_state: from,
      to_state: to,
      attempt_id: attemptId,
      code,
    })
    .execute()
}
