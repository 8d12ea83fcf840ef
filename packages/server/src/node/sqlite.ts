import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../stores/schema.ts'
import type { Database } from '../stores/schema.ts'
import { createSqlUploadStore } from '../stores/sql-upload-store.ts'
import type { UploadStore } from '../uploads/store.ts'

export interface SqliteUploadStore extends UploadStore {
  readonly close: () => Promise<void>
}

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** @default Date.now */
  readonly now?: () => number
}

/** How long a statement waits while another process of this machine writes. */
const BUSY_TIMEOUT_MS = 2000

/** Opens the records in one SQLite file (WAL), brings its schema up to date, and makes the store. */
export async function openSqliteUploadStore(options: SqliteOptions): Promise<SqliteUploadStore> {
  const { path, now = () => Date.now() } = options
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: () => open(path) }) })
  await migrate(db)
  return { ...createSqlUploadStore(db, { now }), close: () => db.destroy() }
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error)
    throw new Error('The schema of the database could not be brought up to date.', { cause: error })
}

/** Gives kysely the face of a SQLite driver that it knows. */
async function open(path: string): Promise<SqliteDatabase> {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on')
  return { close: () => database.close(), prepare: (sql) => prepare(database, sql) }
}

function prepare(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql)
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...toValues(parameters)),
    run: (parameters) => statement.run(...toValues(parameters)),
    iterate: (parameters) => statement.iterate(...toValues(parameters)),
  }
}

function toValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw new TypeError(`The tables hold texts, numbers and nulls, and not a ${typeof value}.`)
  })
}
