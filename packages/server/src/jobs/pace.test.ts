import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CircuitStatusEntry, ResilienceStatus } from '../resilience/create-resilience.ts'
import type { CircuitKey } from '../resilience/layer.ts'
import { changePace, createPace, toDoors, toRestMs, toWidth } from './pace.ts'
import type { Doors, Pace, PaceEvent } from './pace.ts'

const config = { concurrency: 8, restMs: 2000 }
const calm = createPace(config)
const open: Doors = { state: 'open' }
const ajar: Doors = { state: 'ajar' }
const shut: Doors = { state: 'shut', waitMs: 30_000 }
const looked = (doors: Doors): PaceEvent => ({ type: 'looked', doors })
const succeeded: PaceEvent = { type: 'succeeded' }
const troubled = (width: number): Pace => ({ ...calm, width, troubled: true })

test.each([
  ['calm, and doors that are open', calm, looked(open), calm],
  ['calm, and a success', calm, succeeded, calm],
  ['doors that are shut: back to one', calm, looked(shut), troubled(1)],
  ['a circuit that waits for a probe: back to one', calm, looked(ajar), troubled(1)],
  ['doors that stay shut', troubled(1), looked(shut), troubled(1)],
  ['a success: one more', troubled(1), succeeded, troubled(2)],
  ['a success beside others', troubled(5), succeeded, troubled(6)],
  ['a success that fills the places', troubled(7), succeeded, troubled(8)],
  ['a success when all places are in use', troubled(8), succeeded, troubled(8)],
  ['doors that shut while it grows', troubled(5), looked(shut), troubled(1)],
  [
    'a circuit that nobody calls, while others succeed: no way back',
    troubled(5),
    looked(ajar),
    troubled(5),
  ],
  ['full again, but a circuit is still ajar', troubled(8), looked(ajar), troubled(8)],
  ['full again, and all is well', troubled(8), looked(open), calm],
  ['open, but not full yet', troubled(3), looked(open), troubled(3)],
  [
    'one that was parked: back to one, after a rest',
    calm,
    { type: 'parked', now: 10 },
    { width: 1, troubled: true, restUntil: 2010 },
  ],
] as const)('%s', (_name, before, event, after) => {
  const next = changePace(before, event, config)
  expect(next).toEqual(after)
  if (JSON.stringify(before) === JSON.stringify(after)) expect(next).toBe(before)
})

test('nobody goes through doors that are shut, and nobody goes while it rests', () => {
  const resting = changePace(calm, { type: 'parked', now: 0 }, config)
  expect([toWidth(calm, open, 0), toWidth(calm, shut, 0)]).toEqual([8, 0])
  expect([toWidth(resting, open, 1999), toWidth(resting, open, 2000)]).toEqual([0, 1])
  expect([toRestMs(resting, open, 500), toRestMs(resting, shut, 500)]).toEqual([1500, 30_000])
  expect(toRestMs(calm, open, 0)).toBe(0)
})

test('the number side by side at most doubles with every round, until all places are in use', () => {
  let pace = troubled(1)
  const widths: number[] = []
  for (let round = 0; round < 5; round += 1) {
    widths.push(toWidth(pace, open, 0))
    for (let ended = toWidth(pace, open, 0); ended > 0; ended -= 1)
      pace = changePace(pace, succeeded, config)
  }
  expect(widths).toEqual([1, 2, 4, 8, 8])
})

test('whatever happens, at least one and never more than all places are in use', () => {
  const events = fc.oneof(
    fc.constantFrom<PaceEvent>(looked(open), looked(ajar), looked(shut), succeeded),
    fc.nat(9999).map((now): PaceEvent => ({ type: 'parked', now })),
  )
  fc.assert(
    fc.property(fc.array(events), fc.integer({ min: 1, max: 9 }), (history, concurrency) => {
      let pace = createPace({ concurrency, restMs: 1 })
      for (const event of history) pace = changePace(pace, event, { concurrency, restMs: 1 })
      expect(pace.width).toBeGreaterThanOrEqual(1)
      expect(pace.width).toBeLessThanOrEqual(concurrency)
    }),
  )
})

const closed = (circuit: CircuitKey): CircuitStatusEntry => ({
  circuit,
  status: 'closed',
  mode: 'automatic',
  retryAfterMs: 0,
  trips: 0,
  calls: 0,
  failures: 0,
  slow: 0,
  active: 0,
  waiting: 0,
})
const tripped = (circuit: CircuitKey, retryAfterMs: number): CircuitStatusEntry => ({
  ...closed(circuit),
  status: 'open',
  retryAfterMs,
})

function status(
  circuits: readonly CircuitStatusEntry[],
  gates: { readonly api?: number; readonly batch?: number } = {},
): ResilienceStatus {
  const keys = circuits.map(({ circuit }) => circuit)
  const others = (['read', 'write', 'batch'] as const).filter((key) => !keys.includes(key))
  return {
    circuits: [...circuits, ...others.map(closed)],
    budget: { tokens: 500, of: 500 },
    gates: [
      { gate: 'api', closedMs: gates.api ?? 0 },
      { gate: 'batch', closedMs: gates.batch ?? 0 },
    ],
  }
}

const used = { ...closed('batch'), calls: 3 }

test.each([
  ['all is well', status([]), open],
  ['the write circuit is open', status([tripped('write', 5)]), { state: 'shut', waitMs: 5 }],
  ['the read circuit is open', status([tripped('read', 5)]), { state: 'shut', waitMs: 5 }],
  [
    'both are, for different times',
    status([tripped('read', 5), tripped('write', 9)]),
    { state: 'shut', waitMs: 9 },
  ],
  ['the limit of the account is used up', status([], { api: 7 }), { state: 'shut', waitMs: 7 }],
  ['a circuit waits for its probe', status([tripped('write', 0)]), ajar],
  [
    'a probe is under way',
    status([{ ...tripped('read', 40), status: 'probing' }]),
    { state: 'shut', waitMs: 40 },
  ],
  [
    'one was isolated by hand',
    status([{ ...closed('write'), mode: 'isolated', status: 'isolated' }]),
    { state: 'shut', waitMs: Infinity },
  ],
  [
    'one was switched off',
    status([{ ...tripped('write', 9), mode: 'disabled', status: 'disabled' }]),
    open,
  ],
  ['one only observes', status([{ ...tripped('write', 9), mode: 'observing' }]), open],
  ['only the batch host is down: calls go round it', status([tripped('batch', 9)]), open],
  [
    'only the API is down, and the batch host was used of late',
    status([tripped('write', 9), used]),
    open,
  ],
  [
    'the API is down, and the batch host waits for its probe',
    status([tripped('write', 9), { ...used, status: 'open' }]),
    ajar,
  ],
  [
    'the API is down, and so is the batch host',
    status([tripped('write', 9), { ...tripped('batch', 4), calls: 3 }]),
    { state: 'shut', waitMs: 9 },
  ],
  [
    'the API is down, and the batch host’s limit is used up',
    status([tripped('write', 9), used], { batch: 4 }),
    { state: 'shut', waitMs: 9 },
  ],
] as const)('reads the doors: %s', (_name, told, doors) => {
  expect(toDoors(told)).toEqual(doors)
})
