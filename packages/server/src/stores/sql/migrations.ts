import { ImagesError } from '@lightfast/core'
import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'
import type { Kysely } from 'kysely'
import { createImagesAndAttempts } from './migrate-0001.ts'
import { addLadder } from './migrate-0002.ts'
import { addAccess } from './migrate-0003.ts'
import type { TextType } from './tables.ts'

/** Where an engine keeps what it has run, and how it writes. */
export interface MigrationOptions {
  readonly text: TextType
  readonly schema?: string
}

/** Forward only: a migration that has been released is never edited. */
function listMigrations({ text, schema }: MigrationOptions): Record<string, Migration> {
  const inSchema = <Tables>(db: Kysely<Tables>) =>
    schema === undefined ? db : db.withSchema(schema)
  return {
    '0001_images_and_attempts': { up: (db) => createImagesAndAttempts(inSchema(db), text) },
    '0002_upload_ladder': { up: (db) => addLadder(inSchema(db), text) },
    '0003_access': { up: (db) => addAccess(inSchema(db), text) },
  }
}

/** Brings the tables up to date, and answers the names of the migrations that ran. */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  options: MigrationOptions,
): Promise<readonly string[]> {
  // Mostly there is nothing to do, and then nobody waits for a lock.
  if ((await findPending(db, options)).length === 0) return []
  const { error, results = [] } = await createMigrator(db, options).migrateToLatest()
  if (error) throw toFailure(error)
  return results.map(({ migrationName }) => migrationName)
}

/** Refuses to start on tables that are not up to date. */
export async function refusePending<Tables>(
  db: Kysely<Tables>,
  options: MigrationOptions,
): Promise<void> {
  const pending = await findPending(db, options)
  if (pending.length === 0) return
  throw new Error(
    `The database lacks ${pending.join(', ')}. Run "lightfast migrate" first, or open the store with migrate: 'at-start'.`,
  )
}

/** Answers the names of the migrations that would run. */
export async function findPending<Tables>(
  db: Kysely<Tables>,
  options: MigrationOptions,
): Promise<readonly string[]> {
  try {
    const all = await createMigrator(db, options).getMigrations()
    return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
  } catch (cause) {
    throw toFailure(cause)
  }
}

function toFailure(cause: unknown): ImagesError {
  const message = 'The tables could not be read or brought up to date: see the cause.'
  return new ImagesError('store_unavailable', message, { cause })
}

function createMigrator<Tables>(db: Kysely<Tables>, options: MigrationOptions): Migrator {
  const { schema } = options
  const provider = { getMigrations: () => Promise.resolve(listMigrations(options)) }
  return new Migrator({
    db,
    provider,
    ...(schema !== undefined && { migrationTableSchema: schema }),
  })
}
