import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { CircuitEvent } from '../events.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
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
})
