import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Peer } from '../peers/find-case.ts'
import { pick } from './time-calls.ts'

/** What is timed, by name. */
export interface CaseName {
  readonly peer: Peer
  readonly name: string
  /** For a case that depends on what came before: a fresh one for every batch. */
  readonly callsBefore?: number
}

/** What a group needs of its surroundings. */
export interface Bench {
  readonly rounds: number
  /** Ends the children. */
  readonly signal: AbortSignal
  readonly onProgress: (what: string) => void
  /** Where the children find servers, by the names of variables of their environment. */
  readonly servers?: Readonly<Record<string, string>>
}

/**
 * Times cases, each alone in a fresh process, round after round: a disturbance of the machine hits all of them.
 * Returns nanoseconds a call, in the order of the cases: the median of the rounds.
 */
export async function runCases(cases: readonly CaseName[], bench: Bench): Promise<number[]> {
  const rounds: number[][] = []
  for (let round = 1; round <= bench.rounds; round += 1) {
    const figures: number[] = []
    for (const one of cases) {
      bench.onProgress(`round ${round} of ${bench.rounds}: ${toArguments(one).join(' ')}`)
      figures.push(await runCase(one, bench))
    }
    rounds.push(figures)
  }
  return cases.map((_, at) =>
    pick(
      rounds.flatMap((figures) => figures[at] ?? []),
      0.5,
    ),
  )
}

const run = promisify(execFile)
const program = fileURLToPath(new URL('case-process.ts', import.meta.url))

async function runCase(one: CaseName, { signal, servers }: Bench): Promise<number> {
  const env = { ...process.env, ...servers }
  const { stdout } = await run(process.execPath, [program, ...toArguments(one)], { signal, env })
  const ns = Number(stdout)
  if (!(ns > 0)) throw new Error(`${one.peer} ${one.name} wrote no figure but "${stdout}".`)
  return ns
}

function toArguments({ peer, name, callsBefore }: CaseName): string[] {
  return [peer, name, ...(callsBefore === undefined ? [] : [String(callsBefore)])]
}
