import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { createSqlStore } from '../stores/sql/create-sql-store.ts'
import type { SqlEngine } from '../stores/sql/engine.ts'
import { findPending, migrate, refusePending } from '../stores/sql/migrations.ts'
import type { MigrationOptions } from '../stores/sql/migrations.ts'
import type { Database } from '../stores/sql/tables.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { createPool } from './postgres-pool.ts'

export interface PostgresStore extends ImagesStore {
  /** Ends the connections that the store has made. A pool that was handed in stays open. */
  readonly close: () => Promise<void>
}

/** How to reach the server: a pool of the app, or a URL for a pool of the store's own. */
export type PostgresAccess = (
  | { readonly pool: Pool; readonly connectionString?: undefined }
  | { readonly connectionString: string; readonly pool?: undefined }
) & {
  /** Where the tables are. It is made if it is not there. @default 'lightfast' */
  readonly schema?: string
  /**
   * `named` lets the server keep statements prepared. Say `unnamed` behind a pooler that cannot, such as PgBouncer before 1.21.
   *
   * @default 'named'
   */
  readonly statements?: 'named' | 'unnamed'
}

export type PostgresStoreOptions = PostgresAccess & {
  /** Best the same clock on every machine: leases and due times go by it. @default Date.now */
  readonly now?: () => number
  /**
   * `at-start` brings the tables up to date when the store is opened, one process at a time. `by-command` leaves that to
   * `lightfast migrate`, and refuses to open tables that are not.
   *
   * @default 'at-start'
   */
  readonly migrate?: 'at-start' | 'by-command'
}

/** A server that does not answer is a failure, not a wait without end, and what a dead process held is free again. */
const POOL_TIMES = {
  connectionTimeoutMillis: 5000,
  query_timeout: 15_000,
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
}

/** Opens the store on PostgreSQL. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { now = () => Date.now(), migrate: when = 'at-start' } = options
  const { engine, migrations, close } = connect(options)
  try {
    if (when === 'by-command') await refusePending(engine.db, migrations)
    else await migrate(engine.db, migrations)
  } catch (error) {
    await close()
    throw error
  }
  return { ...createSqlStore(engine, { now }), close }
}

/**
 * Brings the tables up to date, and answers the names of the migrations that ran. Processes that ask at once wait for each other.
 * `look` changes nothing, and answers those that would run.
 */
export async function migratePostgres(
  access: PostgresAccess & { readonly mode?: 'look' | 'run' },
): Promise<readonly string[]> {
  const { engine, migrations, close } = connect(access)
  try {
    return await (access.mode === 'look' ? findPending : migrate)(engine.db, migrations)
  } finally {
    await close()
  }
}

interface Connected {
  readonly engine: SqlEngine
  readonly migrations: MigrationOptions
  readonly close: () => Promise<void>
}

function connect(access: PostgresAccess): Connected {
  const { schema = 'lightfast', statements = 'named', connectionString } = access
  const pool = access.pool ?? new Pool({ connectionString, ...POOL_TIMES })
  const dialect = new PostgresDialect({ pool: createPool(pool, statements) })
  const db = new Kysely<Database>({ dialect })
  return {
    engine: createEngine(db.withSchema(schema), schema),
    migrations: { text: sql`text collate "C"`, schema },
    close: async () => {
      await db.destroy()
      if (!access.pool && !pool.ended) await pool.end()
    },
  }
}

function createEngine(db: Kysely<Database>, schema: string): SqlEngine {
  return {
    db,
    reads: db,
    writers: 'many',
    lock: async (db, words) => {
      const name = `${schema}: ${words}`
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db)
    },
    isContention,
  }
}

/** A deadlock, or a transaction that came out differently than it would have alone. */
function isContention(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === '40P01' || error.code === '40001'
}
