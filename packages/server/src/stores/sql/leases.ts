import type { Kysely } from 'kysely'
import type { LeaseStore } from '../../uploads/store.ts'
import { inStatement, inTransaction } from './engine.ts'
import type { SqlEngine } from './engine.ts'
import type { Database, LeasesTable } from './tables.ts'

/** Makes the part that gives leases. */
export function createLeases(engine: SqlEngine, now: () => number): LeaseStore {
  return {
    take: (key, owner, ms) =>
      inTransaction(engine, (db) => take(db, { key, owner, until: now() + ms }, now())),
    giveBack: (key, owner) =>
      inStatement(engine, async (db) => {
        await db.deleteFrom('leases').where('key', '=', key).where('owner', '=', owner).execute()
      }),
  }
}

async function take(
  db: Kysely<Database>,
  lease: LeasesTable,
  now: number,
): Promise<number | undefined> {
  const { owner, until } = lease
  const taken = await db
    .insertInto('leases')
    .values(lease)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ owner, until })
        .where((eb) => eb.or([eb('leases.owner', '=', owner), eb('leases.until', '<=', now)])),
    )
    .returning('key')
    .executeTakeFirst()
  if (taken) return undefined
  const held = await db
    .selectFrom('leases')
    .select('until')
    .where('key', '=', lease.key)
    .executeTakeFirst()
  // Given back in between: whoever asks again gets it.
  return held ? held.until - now : 0
}
