/** Plays random histories to a `BreakerStore` and to the pure machine, and compares what they say at every step. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import type { BreakerStore, FleetRules, FleetVerdict } from '../resilience/breaker-store.ts'
import {
  grantProbe,
  initialFleetState,
  settleProbe,
  takeReport,
  toVerdict,
} from '../resilience/fleet.ts'
import type { FleetState } from '../resilience/fleet.ts'
import type { OpenBreakerStore } from './describe-breaker-store.ts'
import { histories } from './fleet-histories.ts'
import type { Step } from './fleet-histories.ts'

interface World {
  readonly clock: { now: number }
  readonly store: BreakerStore
  readonly leases: { readonly owner: string; readonly generation: number }[]
  state: FleetState
}

export function describeBreakerModel(
  name: string,
  openStore: OpenBreakerStore,
  { runs }: { readonly runs: number },
): void {
  test(`${name}: says what the pure machine says, whatever happens`, async () => {
    const reached = new Set<string>()
    const property = fc.asyncProperty(histories, async (history) => {
      const clock = { now: 1_795_000_000_000 }
      const store = await openStore(() => clock.now)
      const world: World = { clock, store, leases: [], state: initialFleetState }
      for (const [step, at] of history.steps) {
        const rules = history.rules[at % history.rules.length]
        if (rules) await take(world, step, rules)
        reached.add(`${step.type} ${world.state.status}`)
      }
      await expectWayOut(world)
    })
    await fc.assert(property, { numRuns: runs })
    // A comparison that never got anywhere would be worth nothing.
    expect(reached).toContain('settle closed')
    expect(reached).toContain('settle open')
    expect(reached).toContain('report probing')
  }, 30_000)
}

async function take(world: World, step: Step, rules: FleetRules): Promise<void> {
  const { clock, store, state: before } = world
  if (step.type === 'wait') clock.now += step.ms
  else await takeBoth(world, step, rules)
  expect(await store.observe('circuit')).toEqual(toVerdict(world.state, clock.now))
  expectFenced(before, world.state)
}

async function takeBoth(
  world: World,
  step: Exclude<Step, { type: 'wait' }>,
  rules: FleetRules,
): Promise<void> {
  const { clock, store, leases, state } = world
  const when = { now: clock.now, rules }
  if (step.type === 'report') {
    const report = { ...step.report, generation: state.generation - step.behind }
    world.state = takeReport(state, report, when)
    expectSame(world, await store.report('circuit', report, rules))
  } else if (step.type === 'settle') {
    const { owner, generation } = leases.at(-1 - step.back) ?? { owner: 'nobody', generation: 0 }
    const probe = { ...step.settled, owner: step.by === 'owner' ? owner : step.by, generation }
    world.state = settleProbe(state, probe, when)
    expectSame(world, await store.settleProbe('circuit', probe, rules))
  } else {
    const request = { owner: `owner ${leases.length}`, leaseMs: step.leaseMs }
    world.state = grantProbe(state, request, clock.now)
    const granted = world.state !== state
    if (granted) leases.push({ owner: request.owner, generation: world.state.generation })
    expectSame(world, await store.tryProbe('circuit', request), { granted })
  }
}

function expectSame(world: World, verdict: FleetVerdict, more = {}): void {
  expect(verdict).toEqual({ ...toVerdict(world.state, world.clock.now), ...more })
}

/** A change of status that kept its generation would let outcomes of the earlier status count. */
function expectFenced(before: FleetState, after: FleetState): void {
  expect(after.generation - before.generation).toBeOneOf([0, 1])
  if (after.generation === before.generation) expect(after.status).toBe(before.status)
}

/** Whatever has happened, once what remains is over a probe is granted, and its success closes the circuit. */
async function expectWayOut({ clock, store }: World): Promise<void> {
  const { status, remainingMs } = await store.observe('circuit')
  if (status === 'closed') return
  clock.now += remainingMs
  const { granted, generation } = await store.tryProbe('circuit', { owner: 'last', leaseMs: 1 })
  expect(granted).toBe(true)
  const probe = { owner: 'last', generation, outcome: 'success', random: 0 } as const
  const rules = { ...defaultBreakerConfig, quorum: 1, orEverybody: true }
  expect(await store.settleProbe('circuit', probe, rules)).toMatchObject({ status: 'closed' })
}
