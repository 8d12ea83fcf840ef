import { describe, expect, test } from 'vitest'
import { defaultBreakerConfig } from './breaker-config.ts'
import type { SettledProbe, WitnessReport } from './breaker-store.ts'
import { grantProbe, initialFleetState, settleProbe, takeReport, toVerdict } from './fleet.ts'
import type { FleetState } from './fleet.ts'
import { parseFleetState } from './fleet-json.ts'

const rules = { ...defaultBreakerConfig, quorum: 2, orEverybody: true }
const when = (now: number) => ({ now, rules })

const a = { name: 'a', seenAt: 500, failedAt: 500 }
const wait = { since: 1000, waitMs: 200, trips: 2, reason: 'rate' } as const
const open: FleetState = { status: 'open', generation: 3, witnesses: [a], wait }
const probing: FleetState = { ...open, status: 'probing', owner: 'one' }

const report = (changes: Partial<WitnessReport>): WitnessReport => ({
  witness: 'a',
  generation: 0,
  calls: 0,
  failures: 0,
  slow: 0,
  trailingFailures: 0,
  random: 0.5,
  ...changes,
})

const settled = (changes: Partial<SettledProbe>): SettledProbe => ({
  owner: 'one',
  generation: 3,
  outcome: 'success',
  random: 0.5,
  ...changes,
})

describe('takeReport', () => {
  test('notes who is there, what it saw, and when', () => {
    const seen = report({ calls: 3, failures: 1, slow: 1, trailingFailures: 0 })
    expect(takeReport(initialFleetState, seen, when(3000))).toEqual({
      status: 'closed',
      generation: 0,
      witnesses: [{ name: 'a', seenAt: 3000, failedAt: 3000, slowAt: 3000 }],
      consecutive: 0,
      window: [{ at: 1, calls: 3, failures: 1, slow: 1 }],
    })
  })

  test('notes no failures of another generation, and none while open', () => {
    const failed = { calls: 9, failures: 9, trailingFailures: 9 }
    const stale = takeReport(initialFleetState, report({ ...failed, generation: 1 }), when(7))
    expect(stale).toEqual({ ...initialFleetState, witnesses: [{ name: 'a', seenAt: 7 }] })
    const witness = report({ ...failed, generation: 3, witness: 'b' })
    expect(takeReport(open, witness, when(1100))).toEqual({
      ...open,
      witnesses: [a, { name: 'b', seenAt: 1100 }],
    })
  })

  test('rounds pauses up to whole milliseconds, so that nobody comes early', () => {
    const failed = { calls: 5, failures: 5, trailingFailures: 5, random: 0.123456 }
    expect(takeReport(initialFleetState, report(failed), when(0))).toMatchObject({
      status: 'open',
      wait: { waitMs: 25_482 },
    })
    expect(takeReport(initialFleetState, report({ holdMs: 0.2 }), when(0))).toMatchObject({
      wait: { waitMs: 1 },
    })
  })
})

describe('the same object means that nothing happened', () => {
  test.each<[string, FleetState, (state: FleetState) => FleetState]>([
    [
      'a probe while closed',
      initialFleetState,
      (s) => grantProbe(s, { owner: 'x', leaseMs: 1 }, 0),
    ],
    ['a probe during the pause', open, (s) => grantProbe(s, { owner: 'x', leaseMs: 1 }, 1199)],
    ['a probe during a lease', probing, (s) => grantProbe(s, { owner: 'x', leaseMs: 1 }, 1199)],
    ['an outcome while closed', initialFleetState, (s) => settleProbe(s, settled({}), when(0))],
    ['an outcome while open', open, (s) => settleProbe(s, settled({}), when(0))],
    ['a stranger', probing, (s) => settleProbe(s, settled({ owner: 'two' }), when(0))],
    ['an earlier probe', probing, (s) => settleProbe(s, settled({ generation: 2 }), when(0))],
  ])('%s', (_name, state, step) => {
    expect(step(state)).toBe(state)
  })
})

test('a probe takes the place of the pause, and keeps why the circuit opened', () => {
  expect(grantProbe(open, { owner: 'x', leaseMs: 40 }, 1200)).toEqual({
    status: 'probing',
    generation: 4,
    witnesses: [a],
    owner: 'x',
    wait: { ...wait, since: 1200, waitMs: 40 },
  })
})

test('what closes forgets the bad news of its witnesses', () => {
  expect(settleProbe(probing, settled({}), when(1100))).toEqual({
    ...initialFleetState,
    generation: 4,
    witnesses: [{ name: 'a', seenAt: 500 }],
  })
})

test('never changes what it was given', () => {
  const before = structuredClone({ open, probing })
  grantProbe(open, { owner: 'x', leaseMs: 1 }, 5000)
  settleProbe(probing, settled({ outcome: 'failure' }), when(1100))
  takeReport(open, report({ generation: 3, holdMs: 9000 }), when(1100))
  expect({ open, probing }).toEqual(before)
})

test.each([
  [1000, 200],
  [1199, 1],
  [1200, 0],
  [9999, 0],
  [999, 0],
])('at %i there remain %i ms, and never more than the pause', (now, remainingMs) => {
  expect(toVerdict(open, now)).toMatchObject({ remainingMs })
})

describe('parseFleetState', () => {
  test('reads what was written', () => {
    const seen = report({ calls: 3, failures: 1, slow: 1 })
    const counted = takeReport(initialFleetState, seen, when(3000))
    const { reason: _reason, ...held } = wait
    for (const state of [initialFleetState, counted, open, probing, { ...open, wait: held }]) {
      expect(parseFleetState(JSON.stringify(state))).toEqual(state)
    }
  })

  test.each([undefined, null, 5, '', 'null', '{}', '{"status":"open"}', '[]', '{"generation":1}'])(
    'takes %j for nothing known',
    (json) => {
      expect(parseFleetState(json)).toBe(initialFleetState)
    },
  )
})
