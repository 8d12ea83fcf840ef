/** `pnpm bench [--only GROUP] [--json]`: every figure we claim, measured beside the peers in one run. */
import { groups } from './groups/groups.ts'
import type { Group } from './groups/groups.ts'
import { readArguments } from './read-arguments.ts'
import type { Arguments } from './read-arguments.ts'
import type { Row } from './row.ts'
import { toTable } from './table.ts'

const ROUNDS = 5

const leaving = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leaving.abort())

try {
  await run(readArguments(process.argv.slice(2), Object.keys(groups)))
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}

async function run({ only, output }: Arguments): Promise<void> {
  const rows: Row[] = []
  for (const [name, group] of Object.entries(groups)) {
    if (only.includes(name)) rows.push(...(await runGroup(name, group)))
    if (leaving.signal.aborted) return fail('Stopped.')
  }
  console.log(output === 'json' ? JSON.stringify(rows, null, 2) : toTable(rows))
}

/** A group that cannot run fails the command, after the others had their turn. A slow one does not. */
async function runGroup(name: string, group: Group): Promise<readonly Row[]> {
  const onProgress = (what: string): void => console.error(`${name}: ${what}`)
  try {
    return await group({ rounds: ROUNDS, signal: leaving.signal, onProgress })
  } catch (error) {
    if (!leaving.signal.aborted) fail(`${name} could not run: ${String(error)}`)
    return []
  }
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
