/** `pnpm chaos --seed N --uploads N [--engine sqlite|postgres] [--outage] [--json]`: that nothing is lost, and nothing doubled. */
import { toFigures } from './figures.ts'
import { readArguments } from './read-arguments.ts'
import type { Arguments } from './read-arguments.ts'
import { MAX_SIDE_BY_SIDE, OPEN_PERIOD_MS } from './measure-outage.ts'
import { runChaos } from './run-chaos.ts'
import type { ChaosOptions } from './run-chaos.ts'
import { runOutage } from './run-outage.ts'
import type { OutageOptions } from './run-outage.ts'
import { startServices } from './services.ts'
import { tellFindings } from './tell-story.ts'
import { toOutageReport, toReport } from './to-report.ts'

const MAX_STORIES = 5

try {
  await run(readArguments(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
}

function onProgress(what: string): void {
  console.error(`  ${what}`)
}

async function run({ mode, ...given }: Arguments): Promise<void> {
  const services = await startServices(given.engine)
  const options = { ...given, ...services, onProgress }
  try {
    await (mode === 'chaos' ? tellChaos(options) : tellOutage(options))
  } finally {
    await services.stop()
  }
}

type Output = Pick<Arguments, 'output'>

async function tellChaos({ output, ...options }: ChaosOptions & Output): Promise<void> {
  const result = await runChaos(options)
  const figures = { seed: options.seed, ...toFigures(result) }
  console.log(output === 'json' ? JSON.stringify(figures, null, 2) : toReport(figures))
  if (result.findings.length === 0) return
  console.error(`\nThe seed ${options.seed} makes the same plan again.\n`)
  console.error(tellFindings(result, MAX_STORIES))
  process.exitCode = 1
}

async function tellOutage({ output, ...options }: OutageOptions & Output): Promise<void> {
  const result = await runOutage(options)
  console.log(output === 'json' ? JSON.stringify(result, null, 2) : toOutageReport(result))
  const { findings, resumedAfterMs, sideBySide } = result
  for (const { wrong, what } of findings) console.error(`${wrong}: ${what}`)
  const isWell = findings.length === 0 && resumedAfterMs <= OPEN_PERIOD_MS
  if (!isWell || sideBySide > MAX_SIDE_BY_SIDE) process.exitCode = 1
}
