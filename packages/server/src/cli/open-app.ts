import { existsSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { FilePolicy } from '@lightfast/core'
import type { ByteStore } from '../bytes/byte-store.ts'
import { createImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { createJobRunner } from '../jobs/create-job-runner.ts'
import type { JobRunner } from '../jobs/create-job-runner.ts'
import { createUploads } from '../uploads/create-uploads.ts'
import type { Uploads, UploadsOptions } from '../uploads/create-uploads.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { withPackage } from './with-package.ts'
import type { AppSettings, BytesSettings, DatabaseSettings } from './read-app-settings.ts'

/** The app whose images a command works on. */
export interface App {
  readonly uploads: Uploads
  readonly runner: JobRunner
  /** Whether it was said where kept bytes are. */
  readonly bytes: ByteStore | undefined
  readonly close: () => Promise<void>
}

export interface AppOptions extends Partial<Pick<UploadsOptions, 'rungs' | 'limits' | 'times'>> {
  readonly kinds?: Readonly<Record<string, FilePolicy>>
  /** Whether a folder for bytes may be made. @default 'keep' */
  readonly folder?: 'keep' | 'make'
}

/** Opens everything by what the environment says. */
export async function openApp(
  { account, database, bytes: place }: AppSettings,
  { kinds = {}, folder = 'keep', ...options }: AppOptions = {},
): Promise<App> {
  const bytes = place && (await openBytes(place, folder))
  const store = await openStore(database)
  const { accountId, apiToken, baseUrl, accountHash } = account
  const client = createImagesClient({ accountId, apiToken, baseUrl, logger })
  const uploads = createUploads({
    ...options,
    ...(bytes && { bytes }),
    client,
    store,
    kinds,
    accountHash,
    logger,
    variants: [],
    // A command signs no URL.
    signingKey: await importSigningKey(randomUUID()),
  })
  const runner = createJobRunner({ store: store.jobs, handlers: uploads.jobs, client, logger })
  return { uploads, runner, bytes, close: store.close }
}

/** What goes on inside is the app's to log; a command tells how it ended. */
const logger = {
  info: () => undefined,
  warn: () => undefined,
  error: (message: string) => void process.stderr.write(`${message}\n`),
}

/** A command never makes a database, and never changes its tables but to migrate. */
async function openStore(
  database: DatabaseSettings,
): Promise<ImagesStore & { readonly close: () => Promise<void> }> {
  if (database.engine === 'postgres') {
    const { openPostgresStore } = await withPackage('pg', () => import('../postgres/index.ts'))
    const { url: connectionString, schema } = database
    const options = { connectionString, ...(schema !== undefined && { schema }) }
    return openPostgresStore({ ...options, migrate: 'by-command' })
  }
  const { path } = database
  if (!existsSync(path)) {
    throw new InvalidCommandError(
      'There is no database where LIGHTFAST_DATABASE_URL says. "lightfast migrate" makes one.',
    )
  }
  const { openSqliteStore } = await import('../node/sqlite.ts')
  return openSqliteStore({ path, migrate: 'by-command' })
}

async function openBytes(place: BytesSettings, folder: 'keep' | 'make'): Promise<ByteStore> {
  if (place.place === 's3') {
    const { createS3ByteStore } = await withPackage('aws4fetch', () => import('../s3/index.ts'))
    return createS3ByteStore(place)
  }
  if (folder === 'keep' && !existsSync(place.path)) {
    throw new InvalidCommandError('LIGHTFAST_BYTES names a folder that is not there.')
  }
  const { openFolderByteStore } = await import('../node/folder-byte-store.ts')
  return openFolderByteStore({ path: place.path })
}
