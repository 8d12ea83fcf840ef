import { formatResult } from '../doctor/format-report.ts'
import type { MigrateOptions } from './command-options.ts'
import { print, printJson, toStyle } from './output.ts'
import { readDatabase } from './read-app-settings.ts'
import type { DatabaseSettings } from './read-app-settings.ts'
import { withPackage } from './with-package.ts'

/** Brings the tables up to date and tells which migrations ran. Resolves to the exit code. */
export async function migrateCommand({ output, mode }: MigrateOptions): Promise<0> {
  const migrations = await migrate(readDatabase(process.env), mode === 'look' ? 'look' : 'run')
  if (output === 'json') {
    await printJson({ ok: true, dryRun: mode === 'look', migrations })
    return 0
  }
  const end = mode === 'look' ? 'would run.' : 'ran.'
  const lines = migrations.map((name) =>
    formatResult({ name: 'migration', status: 'ok', finding: `${name} ${end}` }, toStyle()),
  )
  await print(lines.length > 0 ? lines.join('') : 'The tables are up to date.\n')
  return 0
}

async function migrate(
  database: DatabaseSettings,
  mode: 'look' | 'run',
): Promise<readonly string[]> {
  if (database.engine === 'sqlite') {
    const { migrateSqlite } = await import('../node/sqlite.ts')
    return migrateSqlite({ path: database.path, mode })
  }
  const { migratePostgres } = await withPackage('pg', () => import('../postgres/index.ts'))
  const { url: connectionString, schema } = database
  return migratePostgres({ connectionString, mode, ...(schema !== undefined && { schema }) })
}
