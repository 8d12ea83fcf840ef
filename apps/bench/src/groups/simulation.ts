import { backoffs, findFullestSlotOf, simulateFirstRetries } from '../simulation/first-retries.ts'
import { simulateOutage } from '../simulation/outage.ts'
import type { Guards } from '../simulation/shipped-client.ts'
import { toRow } from '../row.ts'
import type { Row, Unit } from '../row.ts'
import type { Bench } from '../timing/run-cases.ts'

const scenarios: readonly {
  readonly name: string
  readonly guards: Guards
  readonly goal?: number
}[] = [
  { name: 'retries alone', guards: { budget: 'off', breaker: 'off' } },
  { name: 'with the budget', guards: { budget: 'on', breaker: 'off' }, goal: 1.05 },
  { name: 'with the breaker', guards: { budget: 'off', breaker: 'on' } },
  { name: 'with both', guards: { budget: 'on', breaker: 'on' } },
]

const MAX_SLOT = 0.12

/** Plays an outage through the shipped layers, on a clock of its own. */
export async function simulation({ onProgress }: Bench): Promise<Row[]> {
  const rows: Row[] = []
  for (const scenario of scenarios) {
    onProgress(scenario.name)
    rows.push(...(await playOutage(scenario)))
  }
  return [...rows, ...(await playFirstRetries())]
}

async function playOutage({ name, guards, goal }: (typeof scenarios)[number]): Promise<Row[]> {
  const { originals, attempts, recoveryMs } = await simulateOutage(guards)
  return [
    {
      ...line(`outage, ${name}: attempts at the host`, attempts, 'calls'),
      ratio: attempts / originals,
      ratioOf: 'attempts / calls',
      ...(goal !== undefined && { goal }),
    },
    line(`outage, ${name}: last failure after its end`, recoveryMs, 'ms'),
  ].map(toRow)
}

async function playFirstRetries(): Promise<Row[]> {
  const ours = line(
    'first retries in the fullest 100 ms: ours',
    await simulateFirstRetries(),
    'share',
  )
  const others = Object.entries(backoffs).map(([name, backoff]) =>
    line(`first retries in the fullest 100 ms: ${name}`, findFullestSlotOf(backoff), 'share'),
  )
  return [{ ...ours, goal: MAX_SLOT }, ...others].map(toRow)
}

function line(name: string, figure: number, unit: Unit): Omit<Row, 'holds'> {
  return { group: 'simulation', name, figure, unit }
}
