/** `pnpm chaos --seed N --uploads N [--engine sqlite|postgres] [--outage] [--json]`: that nothing is lost, and nothing doubled. */
import { toFigures } from './figures.ts'
import { readArguments } from './read-arguments.ts'
import type { Arguments } from './read-arguments.ts'
import { runChaos } from './run-chaos.ts'
import { startServices } from './services.ts'
import { tellFindings } from './tell-story.ts'
import { toReport } from './to-report.ts'

const MAX_STORIES = 5

try {
  await run(readArguments(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
}

async function run({ output, engine, ...options }: Arguments): Promise<void> {
  const onProgress = (what: string): void => console.error(`  ${what}`)
  const services = await startServices(engine)
  const result = await runChaos({ ...options, ...services, onProgress }).finally(() =>
    services.stop(),
  )
  const figures = { seed: options.seed, ...toFigures(result) }
  console.log(output === 'json' ? JSON.stringify(figures, null, 2) : toReport(figures))
  for (const server of result.stage.servers) console.error(server.complaints().join(''))
  if (result.findings.length === 0) return
  console.error(`\nThe seed ${options.seed} makes the same plan again.\n`)
  console.error(tellFindings(result, MAX_STORIES))
  process.exitCode = 1
}
