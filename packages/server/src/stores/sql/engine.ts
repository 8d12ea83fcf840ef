import { ImagesError } from '@lightfast/core'
import type { Kysely } from 'kysely'
import type { Database } from './tables.ts'

/** What differs between SQL engines. */
export interface SqlEngine {
  /** For writes, and for reads that a write is decided on. */
  readonly db: Kysely<Database>
  /** For reads: they need not wait for a writer. */
  readonly reads: Kysely<Database>
  /** Whether a transaction has all rows to itself, or must lock those it decides on. */
  readonly writers: 'one' | 'many'
  /** Keeps others who ask for the same words waiting until the transaction has ended. */
  readonly lock: (db: Kysely<Database>, words: string) => Promise<void>
  /** Asks whether transactions got into each other's way, so that trying again makes sense. */
  readonly isContention: (error: unknown) => boolean
}

/** How often a transaction is begun again that others got in the way of. */
const MAX_TRIES = 5

/** Thrown to end a transaction that shall write nothing, though nothing went wrong. */
const undone = new Error('Nothing was written.')

/** Ends a transaction that shall write nothing. */
export function undo(): never {
  throw undone
}

/** Writes all or nothing. Answers undefined if the work was undone. */
export async function inTransaction<Result>(
  engine: SqlEngine,
  work: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await guard(() => untilSettled(engine, () => engine.db.transaction().execute(work)))
  } catch (error) {
    if (error === undone) return undefined
    throw error
  }
}

/** Writes by one statement, which is a transaction of its own. */
export function inStatement<Result>(
  engine: SqlEngine,
  work: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return guard(() => untilSettled(engine, () => work(engine.db)))
}

async function untilSettled<Result>(
  { isContention }: SqlEngine,
  write: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write()
    } catch (error) {
      if (tries === MAX_TRIES || !isContention(error)) throw error
    }
  }
}

/** Reads what was committed. */
export function reading<Result>(
  { reads }: SqlEngine,
  work: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return guard(() => work(reads))
}

/** The one place where an unknown error of the engine becomes a failure. */
async function guard<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error === undone || error instanceof TypeError || error instanceof ImagesError) throw error
    throw new ImagesError('store_unavailable', 'The database did not answer.', { cause: error })
  }
}
