import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { CircuitEvent } from '../events.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import type { BreakerStore } from './breaker-store.ts'
import { createLocalVotes } from './local-votes.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'
import { createStoreGuard } from './store-guard.ts'
import { createWitnessedCircuit } from './witnessed-circuit.ts'
import type { WitnessedCircuit } from './witnessed-circuit.ts'

const rules = {
  ...defaultBreakerConfig,
  consecutiveFailures: 3,
  openMs: 1000,
  quorum: 3,
  orEverybody: false,
}

let time: VirtualTime
let events: CircuitEvent[]
let circuit: WitnessedCircuit

async function failFor(...witnesses: readonly string[]): Promise<void> {
  for (const witness of witnesses) await circuit.vote(witness, 'failure')
}

describe.each(['in one process', 'shared'])('%s', (kind) => {
  beforeEach(() => {
    time = createVirtualTime()
    events = []
    const bus = createEventBus(() => undefined)
    bus.on('circuit-changed', (event) => events.push(event))
    const surroundings = { ...time, random: () => 0.5 }
    if (kind === 'in one process') {
      circuit = createLocalVotes('upload-host', { config: rules, surroundings, bus }, 3)
      return
    }
    circuit = createWitnessedCircuit({
      circuit: 'upload-host',
      store: createMemoryBreakerStore({ now: time.monotonic }),
      scope: 'account',
      refreshMs: 500,
      rules,
      guard: createStoreGuard({ timeoutMs: 50, surroundings: time, bus }),
      surroundings,
      bus,
    })
  })

  test('three different people who saw it fail open it', async () => {
    await failFor('ada', 'bea')
    expect(circuit.snapshot().status).toBe('closed')
    await failFor('cleo')
    expect(circuit.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 1000, trips: 1 })
    expect(events).toMatchObject([
      { circuit: 'upload-host', from: 'closed', to: 'open', openMs: 1000 },
    ])
  })

  test('one person with a bad connection does not, however often it fails', async () => {
    await failFor('ada', 'ada', 'ada', 'ada', 'ada', 'ada', 'bea', 'bea')
    expect(circuit.snapshot().status).toBe('closed')
  })

  test('nobody’s failures do while others succeed in between', async () => {
    for (const witness of ['ada', 'bea', 'cleo', 'dora', 'eva']) {
      await circuit.vote(witness, 'failure')
      await circuit.vote('fay', 'success')
    }
    expect(circuit.snapshot().status).toBe('closed')
  })

  test('failures that lie further back than the window do not count', async () => {
    await failFor('ada', 'bea')
    await time.advance(40_000)
    await failFor('cleo')
    expect(circuit.snapshot().status).toBe('closed')
  })

  test('a success closes it once its pause is over, and not before', async () => {
    await failFor('ada', 'bea', 'cleo')
    await circuit.vote('dora', 'success')
    expect(circuit.snapshot().status).toBe('open')
    await time.advance(1000)
    await circuit.vote('dora', 'success')
    expect(circuit.snapshot()).toMatchObject({ status: 'closed', retryAfterMs: 0, trips: 0 })
  })

  test('once its pause is over, failures that as many see keep it open, for longer', async () => {
    await failFor('ada', 'bea', 'cleo')
    await time.advance(1000)
    await failFor('dora', 'eva')
    expect(circuit.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 0 })
    await failFor('fay')
    expect(circuit.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 2000, trips: 2 })
  })

  test('what is seen during a pause says nothing about its end', async () => {
    await failFor('ada', 'bea', 'cleo', 'dora', 'eva')
    await time.advance(1000)
    await failFor('fay')
    expect(circuit.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 0, trips: 1 })
  })

  test('votes about the end of one pause do not count at the end of another', async () => {
    await failFor('ada', 'bea', 'cleo')
    await time.advance(1000)
    await failFor('dora')
    await circuit.vote('eva', 'success')
    await failFor('ada', 'bea', 'cleo')
    await time.advance(1000)
    await failFor('fay', 'gil')
    expect(circuit.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 0, trips: 1 })
  })
})

describe('several processes', () => {
  let store: BreakerStore
  let steps: string[]

  beforeEach(() => {
    time = createVirtualTime()
    events = []
    steps = []
    const real = createMemoryBreakerStore({ now: time.monotonic })
    const note = <Answer>(step: string, answer: Answer): Answer => {
      steps.push(step)
      return answer
    }
    store = {
      observe: (...all) => note('observe', real.observe(...all)),
      report: (...all) => note('report', real.report(...all)),
      tryProbe: (...all) => note('tryProbe', real.tryProbe(...all)),
      settleProbe: (...all) => note('settleProbe', real.settleProbe(...all)),
    }
  })

  function join(): WitnessedCircuit {
    const bus = createEventBus(() => undefined)
    bus.on('circuit-changed', (event) => events.push(event))
    const surroundings = { ...time, random: () => 0.5 }
    const guard = createStoreGuard({ timeoutMs: 50, surroundings, bus })
    const shared = { store, scope: 'account', refreshMs: 500, rules, guard, surroundings, bus }
    return createWitnessedCircuit({ circuit: 'upload-host', ...shared })
  }

  test('count together, and each finds out by looking', async () => {
    const [here, there] = [join(), join()]
    await here.vote('ada', 'failure')
    await there.vote('bea', 'failure')
    await here.vote('cleo', 'failure')
    expect(there.snapshot().status).toBe('closed')
    await settle()
    expect(there.snapshot()).toMatchObject({ status: 'open', retryAfterMs: 1000 })
  })

  test('a success costs nothing while all is well', async () => {
    const here = join()
    for (let count = 0; count < 100; count += 1) await here.vote('ada', 'success')
    expect(steps).toEqual([])
  })

  test('a vote of a process that has not heard that it closed again counts', async () => {
    const [here, there] = [join(), join()]
    for (const witness of ['ada', 'bea', 'cleo']) await here.vote(witness, 'failure')
    await time.advance(1000)
    await here.vote('dora', 'success')
    expect(here.snapshot().status).toBe('closed')
    for (const witness of ['eva', 'fay']) await here.vote(witness, 'failure')
    await there.vote('gil', 'failure')
    expect(there.snapshot()).toMatchObject({ status: 'open', trips: 1 })
  })

  test('who is not given the probe has nothing to say about it', async () => {
    const { tryProbe } = store
    store = {
      ...store,
      async tryProbe(name, request) {
        // Somebody else is a moment faster.
        await tryProbe(name, { owner: 'another', leaseMs: 10_000 })
        return tryProbe(name, request)
      },
    }
    const here = join()
    for (const witness of ['ada', 'bea', 'cleo']) await here.vote(witness, 'failure')
    await time.advance(1000)
    await here.vote('dora', 'success')
    expect(steps.slice(-2)).toEqual(['tryProbe', 'tryProbe'])
    expect(here.snapshot()).toMatchObject({ status: 'probing', retryAfterMs: 10_000 })
  })

  test('a circuit that was open, and is again when it is looked at, has not changed', async () => {
    const [here, there] = [join(), join()]
    for (const witness of ['ada', 'bea', 'cleo']) await here.vote(witness, 'failure')
    there.snapshot()
    await settle()
    await time.advance(1000)
    for (const witness of ['ada', 'bea', 'cleo']) await here.vote(witness, 'failure')
    events = []
    there.snapshot()
    await settle()
    expect(there.snapshot()).toMatchObject({ status: 'open', trips: 2 })
    expect(events).toEqual([])
  })
})
