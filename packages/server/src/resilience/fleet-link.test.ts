import { beforeEach, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import type { BreakerStore, WitnessReport } from './breaker-store.ts'
import { createFleetLink } from './fleet-link.ts'
import type { FleetLink } from './fleet-link.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'
import { createStoreGuard } from './store-guard.ts'
import { NOTHING } from './witness-notes.ts'

const rules = { ...defaultBreakerConfig, openMs: 1000, quorum: 1, orEverybody: true }

let time: VirtualTime
let real: BreakerStore
let reports: WitnessReport[]
/** How long the store takes to hear. */
let delayMs: number
let link: FleetLink

beforeEach(() => {
  time = createVirtualTime()
  real = createMemoryBreakerStore({ now: time.now })
  reports = []
  delayMs = 0
  const store: BreakerStore = {
    ...real,
    async report(circuit, report, all) {
      reports.push(report)
      if (delayMs > 0) await new Promise<void>((resolve) => time.schedule(resolve, delayMs))
      return real.report(circuit, report, all)
    },
  }
  const surroundings = { ...time, random: () => 0.5 }
  const bus = createEventBus(() => undefined)
  const guard = createStoreGuard({ timeoutMs: 50, surroundings, bus })
  link = createFleetLink('read', { store, rules, guard, witness, refreshMs: 500, surroundings })
})

const witness = () => 'here'

const fail = (times: number) => {
  for (let count = 0; count < times; count += 1) link.note('failure')
}

/** Opens the fleet's circuit, and takes its probe once the pause is over. */
async function probe() {
  await link.look()
  fail(5)
  await time.advance(1000)
  return (await link.askForProbe()).lease ?? expect.fail('refused')
}

test.each(['failure', 'slow'] as const)('tells of a %s at once', async (outcome) => {
  await link.look()
  link.note(outcome)
  await settle()
  expect(reports).toHaveLength(1)
})

test('waits with good news for the next look', async () => {
  await link.look()
  link.note('success')
  await settle()
  expect(reports).toEqual([])
  await time.advance(500)
  expect(link.look()).toBeUndefined()
  await settle()
  expect(reports).toMatchObject([{ calls: 1, failures: 0 }])
})

test('has the fleet pause for as long as the server asked of its probe', async () => {
  const lease = await probe()
  link.settle(lease, { outcome: 'failure', retryAfterMs: 9000 })
  await settle()
  expect(await real.observe('read')).toMatchObject({ status: 'open', remainingMs: 9000 })
})

test.each([0, -1, Number.NaN])('passes on no pause of %d ms, which is none', async (ms) => {
  const lease = await probe()
  link.settle(lease, { outcome: 'failure', retryAfterMs: ms })
  await settle()
  expect(await real.observe('read')).toMatchObject({ status: 'open', remainingMs: 2000 })
})

test('forgets what it saw in an era of the fleet that ends before it is told', async () => {
  await link.look()
  delayMs = 5
  link.note('failure')
  await settle()
  // That one is on its way while another process opens the circuit, and a probe of its own closes it.
  const held = { ...NOTHING, witness: 'there', generation: 0, random: 0.5, holdMs: 1 }
  await real.report('read', held, rules)
  fail(4)
  await time.advance(1)
  const { generation } = await real.tryProbe('read', { owner: 'there', leaseMs: 1000 })
  const end = { owner: 'there', generation, outcome: 'success', random: 0.5 } as const
  await real.settleProbe('read', end, rules)
  await time.advance(1000)
  expect(await real.observe('read')).toMatchObject({ status: 'closed', generation: 3 })
  expect(reports).toHaveLength(1)
})

test('of many who ask for the probe at once asks the store once, and later again', async () => {
  const lease = await probe()
  link.settle(lease, { outcome: 'ignored' })
  await settle()
  const answers = await Promise.all(Array.from({ length: 10 }, () => link.askForProbe()))
  expect(answers.filter((answer) => answer.lease)).toHaveLength(1)
  expect(answers.filter(({ refusedMs }) => refusedMs === 50)).toHaveLength(9)
})
