import type { Peer } from '../peers/find-case.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import { runCases } from '../timing/run-cases.ts'
import type { Bench } from '../timing/run-cases.ts'

/** A case takes seconds, most of which sets up what is timed. */
const ROUNDS = 3

/** The two halves of an upload on the first rung. What a browser does in between is not timed. */
const halves = ['provision', 'confirm'] as const

interface Entry {
  readonly what: string
  readonly peer: Peer
  readonly cases: readonly [provision: string, confirm: string]
  /** The most that it may cost, as a share of calling the emulator by hand. */
  readonly goal?: number
}

const entries: readonly Entry[] = [
  { what: 'the emulator, called by hand', peer: 'emulator', cases: halves },
  { what: 'our client', peer: 'our-client', cases: halves },
  {
    what: 'ours, in memory',
    peer: 'our-uploads',
    cases: ['memoryProvision', 'memoryConfirm'],
    goal: 2,
  },
  {
    what: 'ours, in a SQLite file',
    peer: 'our-uploads',
    cases: ['sqliteProvision', 'sqliteConfirm'],
    goal: 4,
  },
]

/** Times what an upload costs our server, beside the same two calls of Cloudflare without records. */
export async function uploads(bench: Bench): Promise<Row[]> {
  const cases = entries.flatMap(({ peer, cases }) => cases.map((name) => ({ peer, name })))
  const figures = await runCases(cases, { ...bench, rounds: Math.min(ROUNDS, bench.rounds) })
  const timed = entries.map((entry, at) => {
    const [provisionNs = 0, confirmNs = 0] = figures.slice(2 * at, 2 * at + 2)
    return { ...entry, provisionNs, confirmNs, ns: provisionNs + confirmNs }
  })
  const baseNs = timed[0]?.ns ?? 0
  return timed.flatMap((entry) => toRows(entry, baseNs))
}

interface TimedEntry extends Entry {
  readonly provisionNs: number
  readonly confirmNs: number
  readonly ns: number
}

function toRows({ what, goal, provisionNs, confirmNs, ns }: TimedEntry, baseNs: number): Row[] {
  const [provision, confirm] = [
    toLine(`${what}: start`, provisionNs),
    toLine(`${what}: complete`, confirmNs),
  ]
  const both = toLine(`${what}: both`, ns)
  if (ns === baseNs) return [provision, confirm, both].map(toRow)
  const ratio = { ratio: ns / baseNs, ratioOf: 'both / by hand' }
  return [
    provision,
    confirm,
    { ...both, ...ratio, ...(goal !== undefined && { goal }) },
    toLine(`${what}: what is left without the emulator`, ns - baseNs),
  ].map(toRow)
}

function toLine(name: string, ns: number): Omit<Row, 'holds'> {
  return { group: 'uploads', name, figure: ns / 1000, unit: 'µs' }
}
