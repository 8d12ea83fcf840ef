import { formatJson, formatResult, formatTally, hasFailed } from '../doctor/format-report.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { DoctorOptions } from './command-options.ts'
import { print, toStyle } from './output.ts'
import { createProgress } from './progress.ts'

/** Does the checks and prints what they found. Resolves to the exit code. */
export async function doctorCommand({
  output,
  variants,
  webhookSecret,
}: DoctorOptions): Promise<0 | 1> {
  const progress = createProgress(process.stderr)
  const results = await runDoctor({
    environment: {
      ...process.env,
      ...(webhookSecret !== undefined && { LIGHTFAST_WEBHOOK_SECRET: webhookSecret }),
    },
    variants,
    machine: { nodeVersion: process.versions.node, hasSqlite: await findSqlite() },
    surroundings: defaultSurroundings,
    onStart: progress.show,
    onResult(result) {
      progress.clear()
      if (output === 'text') process.stdout.write(formatResult(result, toStyle()))
    },
  })
  await print(output === 'text' ? formatTally(results) : formatJson(results))
  return hasFailed(results) ? 1 : 0
}

async function findSqlite(): Promise<boolean> {
  try {
    await import('node:sqlite')
    return true
  } catch {
    return false
  }
}
