import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import type { BreakerStore } from './breaker-store.ts'
import { createCircuits } from './circuits.ts'
import type { Circuits } from './circuits.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'
import { createFleet } from './create-fleet.ts'
import type { Fleet } from './create-fleet.ts'
import { createStoreGuard } from './store-guard.ts'

const rules = {
  ...defaultBreakerConfig,
  consecutiveFailures: 2,
  openMs: 1000,
  probeMs: 500,
  quorum: 2,
  orEverybody: true,
}

let time: VirtualTime
let store: BreakerStore
/** Every step that the store was asked to take. */
let steps: string[]
let failing: boolean
let events: string[]

beforeEach(() => {
  time = createVirtualTime()
  steps = []
  events = []
  failing = false
  store = watch(createMemoryBreakerStore({ now: time.monotonic }))
})

function step<Answer>(name: string, take: () => Promise<Answer>): Promise<Answer> {
  steps.push(name)
  return failing ? Promise.reject(new Error('cut')) : take()
}

/** A real store whose steps are counted, and whose connection can be cut. */
function watch(real: BreakerStore): BreakerStore {
  return {
    observe: (...all) => step('observe', () => real.observe(...all)),
    report: (...all) => step('report', () => real.report(...all)),
    tryProbe: (...all) => step('tryProbe', () => real.tryProbe(...all)),
    settleProbe: (...all) => step('settleProbe', () => real.settleProbe(...all)),
  }
}

interface Node {
  readonly fleet: Fleet
  readonly circuits: Circuits
  /** Sends one call that ends so. */
  readonly call: (outcome: 'success' | 'failure') => Promise<string>
}

/** One process. */
function createNode(): Node {
  const bus = createEventBus(() => undefined)
  bus.on('store-degraded', ({ type }) => events.push(type))
  bus.on('store-restored', ({ type }) => events.push(type))
  const surroundings = { ...time, random: () => 0.5 }
  const guard = createStoreGuard({ timeoutMs: 50, surroundings, bus })
  const fleet = createFleet({ store, scope: 'account', rules, refreshMs: 500, guard, surroundings })
  const circuits = createCircuits({ config: rules, surroundings, bus, keys: ['read'] }, fleet)
  return {
    fleet,
    circuits,
    async call(outcome) {
      try {
        const admission = await circuits.find('read').admit(makeCall())
        circuits.find('read').settle(admission, { outcome, now: time.monotonic() })
        await settle()
        return 'sent'
      } catch {
        return 'refused'
      }
    },
  }
}

async function openFleet(...nodes: readonly Node[]): Promise<void> {
  for (const node of nodes) await node.call('success')
  for (const node of nodes) await node.call('failure')
  for (const node of nodes) await node.call('failure')
}

describe('a healthy fleet', () => {
  test('asks the store once at first, and then in the background, twice a second at most', async () => {
    const node = createNode()
    for (let call = 0; call < 1000; call += 1) await node.call('success')
    expect(steps).toEqual(['observe'])
    await time.advance(500)
    expect(node.circuits.find('read').admit(makeCall())).not.toBeInstanceOf(Promise)
    await settle()
    expect(steps).toEqual(['observe', 'report'])
  })

  test('writes nothing when a process starts', async () => {
    await openFleet(createNode(), createNode())
    steps = []
    expect(await createNode().call('success')).toBe('refused')
    expect(steps).toEqual(['observe'])
  })
})

describe('a fleet in an outage', () => {
  test('opens for all once two processes have seen it', async () => {
    const [first, second, third] = [createNode(), createNode(), createNode()]
    for (const node of [first, second, third]) await node.call('success')
    await time.advance(500)
    await first.call('failure')
    await first.call('failure')
    expect(first.circuits.list()[0]?.status).toBe('open')
    expect(await second.call('failure')).toBe('sent')
    expect(second.circuits.list()[0]?.status).toBe('open')
    await third.call('success')
    await time.advance(500)
    expect(await third.call('success')).toBe('refused')
  })

  test('is one process’s own affair while only that one has trouble', async () => {
    const [ill, well] = [createNode(), createNode()]
    await well.call('success')
    await time.advance(500)
    await well.call('success')
    for (let call = 0; call < 10; call += 1) await ill.call('failure')
    expect(ill.circuits.list()[0]?.status).toBe('open')
    await time.advance(500)
    expect(await well.call('success')).toBe('sent')
    await settle()
    expect(await well.call('success')).toBe('sent')
  })

  test('sends one probe for all, and closes for all when it succeeds', async () => {
    const nodes = [createNode(), createNode(), createNode()]
    await openFleet(...nodes)
    await time.advance(1300)
    const admissions = await Promise.allSettled(
      nodes.map(async ({ circuits }) => circuits.find('read').admit(makeCall())),
    )
    const granted = admissions.filter(({ status }) => status === 'fulfilled')
    expect(granted).toHaveLength(1)
    const winner = admissions.findIndex(({ status }) => status === 'fulfilled')
    const admission = admissions[winner]
    if (admission?.status !== 'fulfilled') throw new Error('There is no winner.')
    expect(admission.value.probe).toBe(true)
    nodes[winner]?.circuits
      .find('read')
      .settle(admission.value, { outcome: 'success', now: time.monotonic() })
    await time.advance(600)
    for (const node of nodes) {
      await node.call('success')
      await settle()
      expect(await node.call('success')).toBe('sent')
    }
  })

  test('opens for longer when the probe fails', async () => {
    const [first, second] = [createNode(), createNode()]
    await openFleet(first, second)
    await time.advance(1300)
    expect(await first.call('failure')).toBe('sent')
    await time.advance(1500)
    expect(await first.call('success')).toBe('refused')
    await time.advance(600)
    expect(await first.call('success')).toBe('sent')
  })
})

describe('when the store is lost', () => {
  test('calls go on by what the process knows itself, and it is told once', async () => {
    const node = createNode()
    failing = true
    expect(await node.call('success')).toBe('sent')
    expect(await node.call('failure')).toBe('sent')
    expect(await node.call('failure')).toBe('sent')
    expect(await node.call('success')).toBe('refused')
    expect(events).toEqual(['store-degraded'])
  })

  test('no call waits for it longer than 50 ms', async () => {
    store = { ...store, observe: () => new Promise(() => undefined) }
    const node = createNode()
    const sent = node.call('success')
    await time.advance(50)
    expect(await sent).toBe('sent')
    expect(node.circuits.find('read').admit(makeCall())).not.toBeInstanceOf(Promise)
  })

  test('a pause of the fleet is kept, and then one call finds out', async () => {
    const [first, second] = [createNode(), createNode()]
    await openFleet(first, second)
    failing = true
    await time.advance(500)
    expect(await first.call('success')).toBe('refused')
    await time.advance(800)
    const calls = await Promise.all([first.call('success'), first.call('success')])
    expect(calls).toEqual(['sent', 'refused'])
    expect(first.circuits.list()[0]?.status).toBe('closed')
  })

  test('it is asked again after a while, and then it counts again', async () => {
    const node = createNode()
    failing = true
    await node.call('success')
    failing = false
    await time.advance(1000)
    await node.call('success')
    await settle()
    expect(events).toEqual(['store-degraded', 'store-restored'])
  })

  test('a store that has forgotten everything is believed', async () => {
    const [first, second] = [createNode(), createNode()]
    await openFleet(first, second)
    const fresh = createMemoryBreakerStore({ now: time.monotonic })
    Object.assign(store, fresh)
    await time.advance(600)
    await first.call('success')
    await settle()
    expect(await first.call('success')).toBe('sent')
  })
})

describe('a gate', () => {
  test('that one process closes is closed for the others', async () => {
    const [first, second] = [createNode(), createNode()]
    second.fleet.gates.heldMs('api')
    await settle()
    first.fleet.gates.hold('api', 5000)
    await settle()
    await time.advance(600)
    second.fleet.gates.heldMs('api')
    await settle()
    expect(second.fleet.gates.heldMs('api')).toBe(4400)
    await time.advance(4400)
    expect(second.fleet.gates.heldMs('api')).toBe(0)
  })
})
