import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import { runCases } from '../timing/run-cases.ts'
import type { Bench, CaseName } from '../timing/run-cases.ts'

export interface Timed extends CaseName {
  /** What it is, for the table. */
  readonly what: string
}

export interface Rival extends Timed {
  /** The most that ours may cost, as a share of what this one costs. */
  readonly goal?: number
}

export interface Contest {
  readonly group: string
  readonly ours: Timed
  readonly rivals: readonly Rival[]
  /** What everybody pays in any case: it is taken off before anything is compared. */
  readonly base?: Timed
}

/** Times ours and its rivals in one run, and divides. */
export async function compare(contest: Contest, bench: Bench): Promise<Row[]> {
  const { group, base, ours, rivals } = contest
  const figures = await runCases([ours, ...rivals, ...(base ? [base] : [])], bench)
  const baseNs = base ? (figures.at(-1) ?? 0) : 0
  const [oursNs = 0, ...rivalNs] = figures.map((ns) => ns - baseNs)
  return [
    ...(base ? [toRow({ group, name: base.what, figure: baseNs, unit: 'ns' })] : []),
    toRow({ group, name: ours.what, figure: oursNs, unit: 'ns' }),
    ...rivals.map((rival, at) => compareWith(rival, { group, oursNs, rivalNs: rivalNs[at] ?? 0 })),
  ]
}

function compareWith(
  { what, peer, goal }: Rival,
  {
    group,
    oursNs,
    rivalNs,
  }: { readonly group: string; readonly oursNs: number; readonly rivalNs: number },
): Row {
  return toRow({
    group,
    name: what,
    figure: rivalNs,
    unit: 'ns',
    ratio: oursNs / rivalNs,
    ratioOf: `ours / ${peer}`,
    ...(goal !== undefined && { goal }),
  })
}
