import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { ImagesError } from '@lightfast/core'
import { Kysely } from 'kysely'
import { createSqlStore } from '../stores/sql/create-sql-store.ts'
import type { SqlEngine } from '../stores/sql/engine.ts'
import { findPending, migrate, refusePending } from '../stores/sql/migrations.ts'
import type { Database } from '../stores/sql/tables.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { createSqliteDialect, openDatabase } from './sqlite-driver.ts'

export interface SqliteStore extends ImagesStore {
  readonly close: () => Promise<void>
}

export interface SqliteStoreOptions {
  /** A file that the processes of one machine share, or `:memory:`. */
  readonly path: string
  /** @default Date.now */
  readonly now?: () => number
  /**
   * `at-start` brings the tables up to date when the store is opened. `by-command` leaves that to `lightfast migrate`,
   * and refuses to open tables that are not.
   *
   * @default 'at-start'
   */
  readonly migrate?: 'at-start' | 'by-command'
  /** How long a write waits for another process that writes, in ms, before it is a `store_unavailable`. @default 5000 */
  readonly waitMs?: number
}

const WAIT_MS = 5000

/** Opens the store in one SQLite file (WAL). */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { path, now = () => Date.now(), migrate: when = 'at-start', waitMs = WAIT_MS } = options
  const { engine, close } = await openEngine(path, waitMs)
  try {
    if (when === 'by-command') await refusePending(engine.db, { text: 'text' })
    else await bringUpToDate(engine.db)
  } catch (error) {
    await close()
    throw error
  }
  return { ...createSqlStore(engine, { now }), close }
}

/**
 * Brings the tables of a file up to date, and answers the names of the migrations that ran. `look` changes nothing, and answers
 * those that would run.
 */
export async function migrateSqlite(
  options: Pick<SqliteStoreOptions, 'path' | 'waitMs'> & { readonly mode?: 'look' | 'run' },
): Promise<readonly string[]> {
  const { path, waitMs = WAIT_MS, mode = 'run' } = options
  if (mode === 'look') return lookAt(path, waitMs)
  const { engine, close } = await openEngine(path, waitMs)
  try {
    return await bringUpToDate(engine.db)
  } finally {
    await close()
  }
}

/** A file that is not there is not made. */
async function lookAt(path: string, waitMs: number): Promise<readonly string[]> {
  const database = openToRead(path)
  try {
    return await findPending(connect(database, waitMs), { text: 'text' })
  } finally {
    database.close()
  }
}

function openToRead(path: string): DatabaseSync {
  try {
    return existsSync(path)
      ? new DatabaseSync(path, { readOnly: true })
      : new DatabaseSync(':memory:')
  } catch (cause) {
    throw new ImagesError('store_unavailable', 'The database could not be opened.', { cause })
  }
}

/** All of it is one transaction, so of many processes that start at once one does the work. */
async function bringUpToDate(db: Kysely<Database>): Promise<readonly string[]> {
  if ((await findPending(db, { text: 'text' })).length === 0) return []
  return db.transaction().execute((db) => migrate(db, { text: 'text' }))
}

interface OpenEngine {
  readonly engine: SqlEngine
  readonly close: () => Promise<void>
}

async function openEngine(path: string, waitMs: number): Promise<OpenEngine> {
  const database = await open(path, waitMs)
  const db = connect(database, waitMs)
  // A second connection reads while the first waits for the write lock. Nobody else sees a database in memory.
  const other = path === ':memory:' ? database : await open(path, waitMs)
  const reads = other === database ? db : connect(other, waitMs)
  const engine: SqlEngine = {
    db,
    reads,
    writers: 'one',
    lock: () => Promise.resolve(),
    // Whoever has begun has the lock.
    isContention: () => false,
  }
  return { engine, close: () => close(engine, [database, other]) }
}

function connect(database: DatabaseSync, waitMs: number): Kysely<Database> {
  return new Kysely<Database>({ dialect: createSqliteDialect(database, waitMs) })
}

async function open(path: string, waitMs: number): Promise<DatabaseSync> {
  try {
    return await openDatabase(path, waitMs)
  } catch (cause) {
    throw new ImagesError('store_unavailable', 'The database could not be opened.', { cause })
  }
}

/** What is under way ends first. Closing twice does no harm. */
async function close({ db, reads }: SqlEngine, databases: readonly DatabaseSync[]): Promise<void> {
  await db.destroy()
  await reads.destroy()
  for (const database of databases) if (database.isOpen) database.close()
}
