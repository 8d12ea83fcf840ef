import { describe, expect, test } from 'vitest'
import { defaultBreakerConfig } from './breaker-config.ts'
import {
  admits,
  adopt,
  close,
  findTripReason,
  initialBreakerState,
  openFor,
  transition,
} from './breaker.ts'
import type { BreakerState, Outcome, Settled } from './breaker.ts'

const config = {
  ...defaultBreakerConfig,
  consecutiveFailures: 3,
  openMs: 1000,
  maxOpenMs: 8000,
  probeMs: 500,
}

const settled = (outcome: Outcome, details: Partial<Settled> = {}): Settled => ({
  type: 'settled',
  outcome,
  era: 0,
  now: 0,
  random: 0.5,
  ...details,
})

const play = (
  outcomes: readonly Outcome[],
  from: BreakerState = initialBreakerState,
): BreakerState =>
  outcomes.reduce(
    (state, outcome) => transition(state, settled(outcome, { era: state.era }), config),
    from,
  )

const open: BreakerState = { status: 'open', era: 1, until: 1000, trips: 1, reason: 'consecutive' }
const probing: BreakerState = { ...open, status: 'probing', era: 2, until: 1500 }

describe('a closed circuit', () => {
  test('opens after failures in a row, for its first pause', () => {
    expect(play(['failure', 'failure', 'failure'])).toEqual(open)
  })

  test.each<[string, Outcome[]]>([
    ['a success', ['failure', 'failure', 'success', 'failure', 'failure']],
    ['a slow success', ['failure', 'failure', 'slow', 'failure', 'failure']],
  ])('starts counting again after %s', (_, outcomes) => {
    expect(play(outcomes)).toMatchObject({ status: 'closed', consecutive: 2 })
  })

  test.each<Outcome>(['ignored', 'throttled'])('takes no notice of what was %s', (outcome) => {
    const before = play(['failure', 'failure'])
    expect(play([outcome], before)).toBe(before)
    expect(play([outcome, 'failure'], before)).toMatchObject({ status: 'open' })
  })

  test('opens on the rate of failures, once there are enough calls', () => {
    const pairs = Array.from({ length: 9 }, (): Outcome[] => ['success', 'failure']).flat()
    expect(play(pairs)).toMatchObject({ status: 'closed' })
    expect(play([...pairs, 'success', 'failure'])).toMatchObject({ status: 'open', reason: 'rate' })
  })

  test('opens on the rate of slow calls', () => {
    const outcomes = [...Array<Outcome>(4).fill('success'), ...Array<Outcome>(15).fill('slow')]
    expect(play(outcomes)).toMatchObject({ status: 'closed' })
    expect(play([...outcomes, 'slow'])).toMatchObject({ status: 'open', reason: 'slow' })
  })

  test('is not opened by good news, though the rate is as bad as it was', () => {
    const half = Array.from({ length: 10 }, (): Outcome[] => ['failure', 'success']).flat()
    expect(play(half)).toMatchObject({ status: 'closed' })
    expect(play([...half, 'failure'])).toMatchObject({ status: 'open', reason: 'rate' })
  })

  test('forgets old failures in the rate', () => {
    const bad = play(Array.from({ length: 9 }, (): Outcome[] => ['failure', 'success']).flat())
    const later = transition(bad, settled('failure', { now: 40_000 }), config)
    expect(later).toMatchObject({ status: 'closed' })
  })

  test('admits', () => expect(admits(initialBreakerState, 0)).toBe(true))
})

describe('an open circuit', () => {
  test('admits nobody until its pause is over, and then one probe', () => {
    expect(admits(open, 999)).toBe(false)
    expect(transition(open, { type: 'admitted', now: 999 }, config)).toBe(open)
    expect(admits(open, 1000)).toBe(true)
    expect(transition(open, { type: 'admitted', now: 1000 }, config)).toEqual(probing)
  })

  test.each<Outcome>(['success', 'failure', 'slow', 'ignored', 'throttled'])(
    'does not hear a late %s of the time before',
    (outcome) => {
      expect(transition(open, settled(outcome, { era: 0 }), config)).toBe(open)
      expect(transition(probing, settled(outcome, { era: 0 }), config)).toBe(probing)
    },
  )

  test('stays open for as long as the server asked, if that is longer', () => {
    const state = transition(
      play(['failure', 'failure']),
      settled('failure', { retryAfterMs: 5000 }),
      config,
    )
    expect(state).toMatchObject({ status: 'open', until: 5000 })
  })
})

const end = (outcome: Outcome) =>
  transition(probing, settled(outcome, { era: 2, now: 1200 }), config)

describe('a probe', () => {
  test('that succeeds closes the circuit and forgets', () => {
    expect(end('success')).toEqual({ ...initialBreakerState, era: 3 })
  })

  test('that fails opens it for twice as long', () => {
    expect(end('failure')).toEqual({
      status: 'open',
      era: 3,
      until: 3200,
      trips: 2,
      reason: 'probe',
    })
  })

  test('that is slow closes it, unless slowness had opened it', () => {
    expect(end('slow')).toMatchObject({ status: 'closed' })
    const opened: BreakerState = { ...probing, reason: 'slow' }
    expect(transition(opened, settled('slow', { era: 2 }), config)).toMatchObject({
      status: 'open',
      trips: 2,
    })
  })

  test.each<Outcome>(['ignored', 'throttled'])(
    'that was %s gives its place to the next caller',
    (outcome) => {
      expect(end(outcome)).toEqual({ ...open, era: 3, until: 1200 })
    },
  )

  test('that never reports back is replaced after its lease', () => {
    expect(admits(probing, 1499)).toBe(false)
    expect(transition(probing, { type: 'admitted', now: 1500 }, config)).toEqual({
      ...probing,
      era: 3,
      until: 2000,
    })
  })
})

test('a pause doubles up to its limit, give or take a fifth', () => {
  expect([1, 2, 3, 4, 5, 60].map((trips) => openFor(trips, 0.5, config))).toEqual([
    1000, 2000, 4000, 8000, 8000, 8000,
  ])
  expect([openFor(1, 0, config), openFor(1, 0.75, config)]).toEqual([800, 1100])
})

test('rates are not asked below the least number of calls', () => {
  const counts = { calls: 19, failures: 19, slow: 0, consecutive: 0 }
  expect(findTripReason(counts, config)).toBeUndefined()
  expect(findTripReason({ ...counts, calls: 20 }, config)).toBe('rate')
})

describe('what the fleet decided', () => {
  const verdict = {
    status: 'open',
    generation: 4,
    remainingMs: 700,
    trips: 2,
    reason: 'rate',
  } as const

  test('opens the circuit for what remains', () => {
    expect(adopt(initialBreakerState, verdict, 100)).toEqual({
      status: 'open',
      era: 1,
      until: 800,
      trips: 2,
      reason: 'rate',
      followed: true,
    })
  })

  test('closes an open one, and leaves a closed one with what it has counted', () => {
    const closed = { ...verdict, status: 'closed' } as const
    expect(adopt(open, closed, 0)).toEqual(close(open))
    const counting = play(['failure'])
    expect(adopt(counting, closed, 0)).toBe(counting)
  })
})
