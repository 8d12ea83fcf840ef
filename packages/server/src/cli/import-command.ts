import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defaultFilePolicy } from '@lightfast/core'
import { createPace } from '../import/create-pace.ts'
import { createTurns } from '../import/create-turns.ts'
import { importAll } from '../import/import-all.ts'
import type { ImportContext } from '../import/import-context.ts'
import type { ImportResult } from '../import/import-result.ts'
import type { ImportSource } from '../import/import-source.ts'
import { inspectFile, readKnown } from '../import/inspect-file.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { ImportOptions } from './command-options.ts'
import { noteJobs } from './do-written-jobs.ts'
import { createImportReport } from './import-report.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { listSources } from './list-sources.ts'
import { openApp } from './open-app.ts'
import type { App } from './open-app.ts'
import { readAppSettings } from './read-app-settings.ts'
import type { AppSettings } from './read-app-settings.ts'
import { noMemory, openStateFile } from './state-file.ts'
import { toSource } from './to-source.ts'

/** Makes images of files and addresses. Resolves to the exit code: 1 if something failed. */
export async function importCommand(options: ImportOptions): Promise<0 | 1> {
  const settings = readAppSettings(process.env)
  if (!settings.bytes) throw new InvalidCommandError('LIGHTFAST_BYTES is not set.')
  const { list, kind, mode } = options
  if (list !== undefined && !existsSync(list))
    throw new InvalidCommandError('There is no file where --list says.')
  const app = await openApp(settings, {
    kinds: { [kind]: defaultFilePolicy },
    rungs: ['relay'],
    folder: mode === 'act' ? 'make' : 'keep',
    limits: { startsPerMinute: 1_000_000, unfinished: 1_000_000 },
    // Bytes wait for their turn after their upload has begun, and a full gate is shut for five minutes.
    times: { idleMs: 600_000 },
  })
  try {
    return await run(app, options, settings)
  } finally {
    await app.close()
  }
}

async function run(app: App, options: ImportOptions, settings: AppSettings): Promise<0 | 1> {
  const { sources: named, list, concurrency } = options
  const report = createImportReport(options, () => countSources(named, list))
  const context = await toContext(app, options, settings)
  const work = await toWork(app, context, options)
  const tally = await importAll(context, readSources(app, options), {
    concurrency,
    onResult: report.tell,
    ...(work && { work }),
  })
  await report.end(tally)
  return tally.failed === 0 ? 0 : 1
}

async function toContext(
  app: App,
  options: ImportOptions,
  settings: AppSettings,
): Promise<ImportContext> {
  const { kind, owner, tenant, perMinute, stateFile, mode } = options
  const surroundings = defaultSurroundings
  return {
    uploads: app.uploads,
    runner: app.runner,
    tidy: noteJobs(app, ['drop-bytes']),
    principal: { id: owner, ...(tenant !== undefined && { tenantId: tenant }) },
    kind,
    maxBytes: defaultFilePolicy.maxBytes,
    pace: createPace({ ...surroundings, perMinute }),
    inTurn: createTurns(),
    memory:
      stateFile === undefined
        ? noMemory
        : await openStateFile(stateFile, { of: toImportName(options, settings), mode }),
    createSha256: () => toSha256(),
    surroundings,
  }
}

function toSha256() {
  const hash = createHash('sha256')
  return { update: (bytes: Uint8Array) => hash.update(bytes), digest: () => hash.digest('hex') }
}

/** What one import does is not done for another owner, kind, account or database. */
function toImportName(
  { owner, tenant, kind }: ImportOptions,
  { account, database }: AppSettings,
): string {
  const records =
    database.engine === 'sqlite'
      ? resolve(database.path)
      : [new URL(database.url).host, new URL(database.url).pathname, database.schema ?? '']
  const parts = [account.accountId, account.baseUrl, records, owner, tenant ?? '', kind]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** Undefined for an import as it is; else what a dry run does in its place. */
async function toWork(
  { uploads }: App,
  context: ImportContext,
  { mode, owner }: ImportOptions,
): Promise<((source: ImportSource) => Promise<ImportResult>) | undefined> {
  if (mode === 'act') return undefined
  const given = { policy: defaultFilePolicy, known: await readKnown(uploads.operator, owner) }
  return async (source) =>
    source.origin === 'address'
      ? { name: source.name, outcome: 'skipped', reason: NOT_ASKED }
      : inspectFile(context, source, given)
}

const NOT_ASKED = 'A dry run does not ask addresses.'

const ADDRESS_MS = 60_000

async function* readSources(
  { bytes }: App,
  { sources, list, hosts }: ImportOptions,
): AsyncGenerator<ImportSource, void, void> {
  if (!bytes) return
  for await (const listed of listSources(sources, list)) {
    yield toSource(listed, { bytes, hosts, timeoutMs: ADDRESS_MS })
  }
}

async function countSources(named: readonly string[], list: string | undefined): Promise<number> {
  let total = 0
  for await (const _ of listSources(named, list)) total += 1
  return total
}
