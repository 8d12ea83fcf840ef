import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type {
  DatabaseConnection,
  Dialect,
  DialectAdapter,
  Driver,
  SqliteDatabase,
  SqliteStatement,
} from 'kysely'

/** How many statements stay prepared: all that the store has, and lists of some lengths. */
const MAX_PREPARED = 200

/** How long a statement may keep the whole process waiting. Longer waits are pauses between tries. */
const BUSY_TIMEOUT_MS = 10

const RETRY_PAUSE_MS = 5

const SQLITE_BUSY = 5

/** Makes a dialect of kysely on `node:sqlite`, whose transactions hold the write lock from the beginning. Close the database yourself. */
export function createSqliteDialect(database: DatabaseSync, waitMs: number): Dialect {
  return {
    createAdapter: () => adapter,
    createDriver: () => createDriver(database, waitMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** One connection, so kysely has its users wait for each other. */
const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsMultipleConnections: false,
  supportsTransactionalDdl: true,
  supportsReturning: true,
  supportsOutput: false,
  // A transaction that has the write lock needs no other.
  acquireMigrationLock: () => Promise.resolve(),
  releaseMigrationLock: () => Promise.resolve(),
}

function createDriver(database: DatabaseSync, waitMs: number): Driver {
  const driver = new SqliteDriver({ database: toKyselyDatabase(database) })
  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  return {
    init: () => driver.init(),
    acquireConnection: async () => toPatient(await driver.acquireConnection(), waitMs),
    // A plain `begin` takes the lock with the first write, and then fails at once if another process has written meanwhile.
    beginTransaction: () => untilFree(() => void begin.run(), waitMs),
    commitTransaction: async () => void commit.run(),
    rollbackTransaction: async () => rollBack(database),
    releaseConnection: () => driver.releaseConnection(),
    destroy: () => Promise.resolve(),
  }
}

/** A statement that writes by itself waits for its turn as a transaction does. */
function toPatient(connection: DatabaseConnection, waitMs: number): DatabaseConnection {
  return {
    executeQuery: (query) => untilFree(() => connection.executeQuery(query), waitMs),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('rollback')
  } catch {
    // A full disk, for one, has rolled it back already. The first error is the one to tell.
  }
}

/** Gives kysely the face of a SQLite driver that it knows, and keeps statements prepared: the oldest goes when there are too many. */
function toKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = prepared.get(sql)
      if (known) return known
      const statement = prepare(database, sql)
      const [oldest] = prepared.keys()
      if (prepared.size >= MAX_PREPARED && oldest !== undefined) prepared.delete(oldest)
      prepared.set(sql, statement)
      return statement
    },
  }
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

/** Opens a file with what the store wants of it. */
export async function openDatabase(path: string, waitMs: number): Promise<DatabaseSync> {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    database.exec('pragma synchronous = normal; pragma foreign_keys = on')
    // When many processes start at once, only one of them can make a new file a WAL, and SQLite refuses the others.
    await untilFree(() => database.exec('pragma journal_mode = wal'), waitMs)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Tries again while another process has the file, without keeping this process from its other work. */
async function untilFree<Result>(
  work: () => Result | Promise<Result>,
  waitMs: number,
): Promise<Result> {
  const until = performance.now() + waitMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error
    }
    await setTimeout(RETRY_PAUSE_MS)
  }
}

/** Extended codes, such as SQLITE_BUSY_RECOVERY, have the plain one in their lowest byte. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return typeof error.errcode === 'number' && error.errcode % 256 === SQLITE_BUSY
}
