import type { Peer } from '../peers/find-case.ts'
import { URLS } from '../peers/signing-terms.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import { runCases } from '../timing/run-cases.ts'
import type { Bench } from '../timing/run-cases.ts'

interface Rival {
  readonly peer: Peer
  readonly what: string
  /** The most of its time that ours may take. */
  readonly goal?: number
}

const rivals: readonly Rival[] = [
  { peer: 'node-crypto', what: 'node:crypto by hand' },
  { peer: 'jose', what: 'jose, a JWT by HS256', goal: 1 },
]

/** One URL after the other, and the URLs of a page at once. */
const ways = [
  { name: 'one', ours: 'ours: signUrl', urls: 1 },
  { name: 'page', ours: `ours: signBatch of ${URLS}`, urls: URLS },
] as const

/** Times signed URLs, beside the same by hand and beside tokens. */
export async function signing(bench: Bench): Promise<Row[]> {
  const rows: Row[] = []
  for (const way of ways) {
    const cases = ['our-signing' as const, ...rivals.map(({ peer }) => peer)]
    const figures = await runCases(
      cases.map((peer) => ({ peer, name: way.name })),
      bench,
    )
    const [oursNs = 0, ...rivalNs] = figures.map((ns) => ns / way.urls)
    rows.push(
      toLine(way.ours, oursNs),
      ...rivals.map((rival, at) =>
        compareWith(`${rival.what}, ${way.name}`, rival, [oursNs, rivalNs[at] ?? 0]),
      ),
    )
  }
  return rows
}

function compareWith(
  name: string,
  { peer, goal }: Rival,
  [oursNs, rivalNs]: readonly [number, number],
): Row {
  const ratio = { ratio: oursNs / rivalNs, ratioOf: `time of ours / ${peer}` }
  return toRow({ ...toLine(name, rivalNs), ...ratio, ...(goal !== undefined && { goal }) })
}

function toLine(name: string, ns: number): Omit<Row, 'holds'> {
  return { group: 'signing', name, figure: 1e9 / ns, unit: 'URLs/s' }
}
