import { describe, expect, test } from 'vitest'
import { admits, initialBreakerState, transition } from './breaker.ts'
import type { BreakerEvent, BreakerState } from './breaker.ts'

const config = { threshold: 3, openMs: 30_000, maxOpenMs: 300_000, probeMs: 5000 }
const closed = (failures: number, era = 0): BreakerState => ({ status: 'closed', era, failures })
const open = (until: number, trips = 1, era = 1): BreakerState => ({
  status: 'open',
  era,
  until,
  trips,
})
const probing = (until: number, trips = 1, era = 2): BreakerState => ({
  status: 'probing',
  era,
  until,
  trips,
})
const failed = (now: number, era = 0, random = 0.5): BreakerEvent => ({
  type: 'failed',
  era,
  now,
  random,
})

describe('transition', () => {
  test.each<[string, BreakerState, BreakerEvent, BreakerState]>([
    ['counts a failure', closed(0), failed(1), closed(1)],
    ['opens after three failures in a row', closed(2), failed(1000), open(31_000)],
    ['forgets the failures after a success', closed(2), { type: 'succeeded', era: 0 }, closed(0)],
    [
      'lets one probe go when the pause is over',
      open(100),
      { type: 'admitted', now: 100 },
      probing(5100),
    ],
    [
      'closes after a probe that succeeds',
      probing(100),
      { type: 'succeeded', era: 2 },
      closed(0, 3),
    ],
    [
      'pauses twice as long after a probe that fails',
      probing(100),
      failed(100, 2),
      open(60_100, 2, 3),
    ],
    [
      'replaces a probe that never reports back',
      probing(100),
      { type: 'admitted', now: 100 },
      probing(5100, 1, 3),
    ],
    [
      'gives the place of a released probe away at once',
      probing(100),
      { type: 'released', era: 2, now: 50 },
      open(50, 1, 3),
    ],
    [
      'never pauses longer than the longest pause',
      probing(0, 20),
      failed(0, 2),
      open(300_000, 21, 3),
    ],
    ['spreads the pause by a fifth: shortest', closed(2), failed(0, 0, 0), open(24_000)],
  ])('%s', (_name, state, event, expected) => {
    expect(transition(state, event, config)).toEqual(expected)
  })

  test.each<[string, BreakerState, BreakerEvent]>([
    ['a success while nothing failed', closed(0), { type: 'succeeded', era: 0 }],
    ['an admission while closed', closed(1), { type: 'admitted', now: 5 }],
    ['an admission before the pause is over', open(100), { type: 'admitted', now: 99 }],
    ['a failure of an earlier era', open(100, 1, 4), failed(1, 3)],
    [
      'a late success of a call from before it opened',
      open(100, 1, 1),
      { type: 'succeeded', era: 0 },
    ],
    ['a late failure while probing', probing(100, 1, 2), failed(1, 1)],
    ['a release while closed', closed(2), { type: 'released', era: 0, now: 1 }],
  ])('is not moved by %s', (_name, state, event) => {
    expect(transition(state, event, config)).toBe(state)
  })

  test('is plain data: a copy of the state goes on as the state would', () => {
    const state = transition(closed(2), failed(0), config)
    const copy: BreakerState = JSON.parse(JSON.stringify(state))
    expect(transition(copy, { type: 'admitted', now: 30_000 }, config)).toEqual(probing(35_000))
  })
})

test('admits while closed, and after the pause', () => {
  expect(admits(initialBreakerState, 0)).toBe(true)
  expect([admits(open(100), 99), admits(open(100), 100)]).toEqual([false, true])
  expect([admits(probing(100), 99), admits(probing(100), 100)]).toEqual([false, true])
})
