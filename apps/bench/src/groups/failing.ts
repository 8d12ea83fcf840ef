import type { Peer } from '../peers/find-case.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import { runCases } from '../timing/run-cases.ts'
import type { Bench } from '../timing/run-cases.ts'

const callsInWindow = [0, 1000, 10_000, 100_000]
/** The goal is ours alone: from an empty window to a full one. */
const runners: readonly { readonly peer: Peer; readonly goal?: number }[] = [
  { peer: 'ours', goal: 2 },
  { peer: 'opossum' },
]

/** Times one failing call, with more and more calls in the window: in an outage there are many of them. */
export async function failing(bench: Bench): Promise<Row[]> {
  const cases = runners.flatMap(({ peer }) =>
    callsInWindow.map((callsBefore) => ({ peer, name: 'failing', callsBefore })),
  )
  const figures = await runCases(cases, bench)
  return runners.flatMap((runner, at) => {
    const own = figures.slice(at * callsInWindow.length, (at + 1) * callsInWindow.length)
    return own.map((figure, size) =>
      toFailingRow({ ...runner, figure, size, emptyNs: own[0] ?? 0 }),
    )
  })
}

function toFailingRow(one: {
  readonly peer: Peer
  readonly goal?: number
  readonly figure: number
  readonly size: number
  readonly emptyNs: number
}): Row {
  const { peer, goal, figure, size, emptyNs } = one
  const calls = (callsInWindow[size] ?? 0).toLocaleString('en')
  const name = `${peer}: ${calls} calls in the window`
  const row = { group: 'failing', name, figure, unit: 'ns' } as const
  if (size === 0) return toRow(row)
  const ratio = { ratio: figure / emptyNs, ratioOf: 'full / empty' }
  const isLast = size === callsInWindow.length - 1
  return toRow({ ...row, ...ratio, ...(isLast && goal !== undefined && { goal }) })
}
