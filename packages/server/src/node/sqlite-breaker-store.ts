import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { ImagesError } from '@lightfast/core'
import { createAtomicBreakerStore } from '../resilience/atomic-breaker-store.ts'
import type { FleetStates } from '../resilience/atomic-breaker-store.ts'
import type { BreakerStore } from '../resilience/breaker-store.ts'
import { initialFleetState } from '../resilience/fleet.ts'
import { parseFleetState } from '../resilience/fleet-json.ts'

export interface SqliteBreakerStore extends BreakerStore {
  readonly close: () => Promise<void>
}

export interface SqliteBreakerStoreOptions {
  /**
   * A file that the processes of one machine share, best one of its own: a long transaction on the same file would
   * keep the circuits locked.
   */
  readonly path: string
  /** The clock that these processes share. @default Date.now */
  readonly now?: () => number
}

/** How long a step may wait, and with it the whole process, while another process writes. */
const BUSY_TIMEOUT_MS = 50

/** When many processes start at once, only one of them can make a new file a WAL, and SQLite refuses the others. */
const OPENING_TRIES = 100
const OPENING_DELAY_MS = 20

const SQLITE_BUSY = 5

const SETUP = `
  pragma busy_timeout = ${BUSY_TIMEOUT_MS};
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists circuits (circuit text primary key, state text not null)
    strict, without rowid`

/**
 * Opens circuits that the processes of one machine share through a SQLite file (WAL), with a handle of its own. A step
 * that finds the file locked for 50 ms is a `store_unavailable`: the caller goes on with what it knows itself.
 */
export async function openSqliteBreakerStore(
  options: SqliteBreakerStoreOptions,
): Promise<SqliteBreakerStore> {
  const { path, now = () => Date.now() } = options
  const database = await open(path)
  const store = createAtomicBreakerStore({ ...createStates(database), now })
  return { ...store, close: async () => database.close() }
}

async function open(path: string): Promise<DatabaseSync> {
  const database = guard(() => new DatabaseSync(path))
  for (let tries = 1; ; tries += 1) {
    try {
      database.exec(SETUP)
      return database
    } catch (error) {
      if (tries === OPENING_TRIES || !isBusy(error)) {
        database.close()
        throw toFailure(error)
      }
    }
    await setTimeout(OPENING_DELAY_MS)
  }
}

function createStates(database: DatabaseSync): Pick<FleetStates, 'read' | 'change'> {
  const select = database.prepare('select state from circuits where circuit = ?')
  const upsert = database.prepare(
    'insert into circuits values (?, ?) on conflict (circuit) do update set state = excluded.state',
  )
  const load = (circuit: string) => {
    const row = select.get(circuit)
    return row === undefined ? initialFleetState : parseFleetState(row['state'])
  }
  return {
    read: (circuit) => guard(() => load(circuit)),
    change: (circuit, step) =>
      inTransaction(database, () => {
        const before = load(circuit)
        const after = step(before)
        if (after !== before) upsert.run(circuit, JSON.stringify(after))
        return { before, after }
      }),
  }
}

/** The lock is taken before the state is read, so that no other process can decide on the same state. */
function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  return guard(() => {
    database.exec('begin immediate')
    try {
      const result = work()
      database.exec('commit')
      return result
    } catch (error) {
      rollBack(database)
      throw error
    }
  })
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('rollback')
  } catch {
    // A full disk, for one, has rolled it back already. The first error is the one to tell.
  }
}

function guard<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw toFailure(error)
  }
}

/** The one place where an error of SQLite becomes a failure. */
function toFailure(error: unknown): ImagesError {
  return new ImagesError('store_unavailable', toMessage(error), { cause: error })
}

function toMessage(error: unknown): string {
  return isBusy(error)
    ? `The shared circuits did not answer: another process kept the file locked for ${BUSY_TIMEOUT_MS} ms. This process goes on with what it knows itself.`
    : 'The shared circuits could not be read or written. This process goes on with what it knows itself.'
}

/** Extended codes, such as SQLITE_BUSY_RECOVERY, have the plain one in their lowest byte. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return typeof error.errcode === 'number' && error.errcode % 256 === SQLITE_BUSY
}
