import { openPage } from '../kit/open-page.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import type { Bench } from '../timing/run-cases.ts'
import { pick } from '../timing/time-calls.ts'

const AVATARS = 1000
/** Of what Radix's cost. */
const GOAL = 1

const kinds = ['plain', 'radix', 'ours'] as const
const stages = [
  { upTo: 'mounted', what: 'in the page and laid out' },
  { upTo: 'shown', what: 'with all pictures there' },
  { upTo: 'busy', what: 'and gone again, main thread busy' },
] as const

/** Times how long a page with many avatars takes in Chromium: ours, Radix's and plain React's in turn, in a page of their own each. */
export async function kitAvatars(bench: Bench): Promise<Row[]> {
  const rounds: Measured[][] = []
  for (let round = 1; round <= bench.rounds; round += 1) {
    bench.onProgress(`round ${round} of ${bench.rounds}`)
    const measured: Measured[] = []
    for (const kind of kinds) measured.push(await measure(kind, bench.signal))
    rounds.push(measured)
  }
  return stages.flatMap(({ upTo, what }) => {
    const [plain = 0, radix = 0, ours = 0] = kinds.map((_, at) =>
      pick(
        rounds.map((measured) => measured[at]?.[upTo] ?? Number.NaN),
        0.5,
      ),
    )
    return toRows(what, { plain, radix, ours })
  })
}

type Measured = Readonly<Record<(typeof stages)[number]['upTo'], number>>

async function measure(kind: string, signal: AbortSignal): Promise<Measured> {
  const page = await openPage('avatars-page.tsx', signal)
  try {
    const before = await page.readBusyMs()
    const mounts = await page.call('run', kind, AVATARS)
    const busy = ((await page.readBusyMs()) - before) / mounts
    const mounted = await page.call('read', 'mounted')
    return { mounted, shown: await page.call('read', 'shown'), busy }
  } finally {
    await page.close()
  }
}

function toRows(
  what: string,
  { plain, radix, ours }: Record<(typeof kinds)[number], number>,
): Row[] {
  const toName = (whose: string): string =>
    `${whose}: ${AVATARS.toLocaleString('en')} avatars, ${what}`
  const shared = { group: 'kit-avatars', unit: 'µs' } as const
  return [
    toRow({ ...shared, name: toName('plain React'), figure: 1000 * plain }),
    toRow({ ...shared, name: toName('Radix'), figure: 1000 * radix }),
    toRow({
      ...shared,
      name: toName('ours'),
      figure: 1000 * ours,
      ratio: ours / radix,
      ratioOf: 'ours / Radix',
      goal: GOAL,
    }),
  ]
}
