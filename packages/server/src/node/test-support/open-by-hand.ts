import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { CompiledQuery } from 'kysely'
import { createSqlStore } from '../../stores/sql/create-sql-store.ts'
import { migrate } from '../../stores/sql/migrations.ts'
import type { Database } from '../../stores/sql/tables.ts'
import type { ImagesStore } from '../../uploads/store.ts'
import { createSqliteDialect, openDatabase } from '../sqlite-driver.ts'

/** Opens a store on one connection, and hands out the connection and every statement that was sent. */
export async function openByHand(path: string): Promise<{
  readonly store: ImagesStore
  readonly database: DatabaseSync
  readonly sent: CompiledQuery[]
}> {
  const database = await openDatabase(path, 1000)
  const sent: CompiledQuery[] = []
  const db = new Kysely<Database>({
    dialect: createSqliteDialect(database, 1000),
    log: ({ query }) => void sent.push(query),
  })
  await db.transaction().execute((db) => migrate(db, { text: 'text' }))
  sent.length = 0
  const engine = {
    db,
    reads: db,
    writers: 'one' as const,
    lock: () => Promise.resolve(),
    isContention: () => false,
  }
  return { store: createSqlStore(engine, { now: () => Date.now() }), database, sent }
}
