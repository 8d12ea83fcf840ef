import type { RightsStore } from '../../uploads/store.ts'
import { inTransaction, reading } from './engine.ts'
import type { SqlEngine } from './engine.ts'

/** Makes the part that takes rights back. */
export function createRights(engine: SqlEngine, now: () => number): RightsStore {
  return {
    async epochs(subjects) {
      if (subjects.length === 0) return []
      const rows = await reading(engine, (db) =>
        db.selectFrom('epochs').selectAll().where('subject', 'in', subjects).execute(),
      )
      const known = new Map(rows.map(({ subject, epoch }) => [subject, epoch]))
      return subjects.map((subject) => known.get(subject) ?? 0)
    },
    async raise(subject) {
      const row = await inTransaction(engine, (db) =>
        db
          .insertInto('epochs')
          .values({ subject, epoch: 1 })
          .onConflict((conflict) =>
            conflict.column('subject').doUpdateSet((eb) => ({ epoch: eb('epochs.epoch', '+', 1) })),
          )
          .returning('epoch')
          .executeTakeFirstOrThrow(),
      )
      return row?.epoch ?? 0
    },
    async consume(id, until) {
      const added = await inTransaction(engine, async (db) => {
        await db.deleteFrom('consumed').where('until', '<', now()).execute()
        return db
          .insertInto('consumed')
          .values({ id, until })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst()
      })
      return added ? 'first' : 'again'
    },
  }
}
