/** Plays random histories to the breaker and to a naive model of its promises, and compares them after every step. */
import { ImagesError } from '@lightfast/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import type { BreakerConfig } from './breaker-config.ts'
import { admits, initialBreakerState, openFor, transition } from './breaker.ts'
import type { BreakerState, Outcome, TripReason } from './breaker.ts'
import { createCircuits } from './circuits.ts'
import type { Admission } from './circuit.ts'

/** Indices count from the oldest attempt in flight. An attempt that is killed is one that nobody ever settles. */
type Step =
  | { readonly type: 'admit'; readonly times: number }
  | { readonly type: 'settle'; readonly index: number; readonly end: End }
  | { readonly type: 'kill'; readonly index: number }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'wait-until-due' }

interface End {
  readonly outcome: Outcome
  readonly random: number
  readonly retryAfterMs?: number
}

/** What can be seen of a breaker. */
interface View {
  readonly status: 'closed' | 'open' | 'probing'
  /** How long nobody is let through; 0 if somebody is. */
  readonly waitMs: number
  readonly trips: number
  /** Why it opened last; undefined while closed. */
  readonly reason: TripReason | undefined
}

/** The machine, or what is built around it. Undefined: not admitted. */
interface Subject<Ticket> {
  readonly admit: (now: number) => Ticket | undefined
  readonly isProbe: (ticket: Ticket) => boolean
  readonly settle: (ticket: Ticket, end: End, now: number) => void
  readonly view: (now: number) => View
}

const config: BreakerConfig = {
  consecutiveFailures: 4,
  failureRate: 0.5,
  slowRate: 0.6,
  slowMs: 1000,
  minimumCalls: 6,
  windowMs: 10_000,
  openMs: 8000,
  maxOpenMs: 30_000,
  probeMs: 5000,
}

function createMachine(): Subject<{ readonly era: number; readonly probe: boolean }> {
  let state: BreakerState = initialBreakerState
  return {
    admit(now) {
      if (!admits(state, now)) return undefined
      state = transition(state, { type: 'admitted', now }, config)
      return { era: state.era, probe: state.status === 'probing' }
    },
    isProbe: ({ probe }) => probe,
    settle({ era }, end, now) {
      state = transition(state, { type: 'settled', era, now, ...end }, config)
    },
    view(now) {
      if (state.status === 'closed') return closedView
      const { status, until, trips, reason } = state
      return { status, waitMs: Math.max(0, until - now), trips, reason }
    },
  }
}

const closedView: View = { status: 'closed', waitMs: 0, trips: 0, reason: undefined }

/** Around the machine: what a call meets, what an operator reads, and what the events say. */
function createKept(): Subject<Admission> {
  let [now, random] = [0, 0]
  let reason: TripReason | undefined
  const bus = createEventBus(() => undefined)
  bus.on('circuit-changed', ({ to, because }) => {
    if (to === 'closed') reason = undefined
    if (to === 'open' && isTripReason(because)) reason = because
  })
  const surroundings = { monotonic: () => now, random: () => random }
  const circuit = createCircuits({ config, surroundings, bus, keys: ['read'] }, undefined).find(
    'read',
  )
  return {
    admit(at) {
      now = at
      try {
        const admission = circuit.admit(makeCall())
        return admission instanceof Promise ? expect.fail('Nobody has to be asked.') : admission
      } catch (error) {
        if (!(error instanceof ImagesError)) throw error
        expect(error.code).toBe('circuit_open')
        return undefined
      }
    },
    isProbe: ({ probe }) => probe,
    settle(admission, end, at) {
      now = at
      random = end.random
      const { outcome, retryAfterMs } = end
      circuit.settle(admission, { outcome, now, retryAfterMs })
    },
    view(at) {
      now = at
      const { status, retryAfterMs: waitMs, trips } = circuit.state.snapshot()
      if (status === 'isolated' || status === 'disabled') return expect.fail(status)
      return { status, waitMs, trips, reason }
    },
  }
}

function isTripReason(because: string): because is TripReason {
  return ['consecutive', 'rate', 'slow', 'probe'].includes(because)
}

/** Everything that ever happened in this era, oldest first: nothing is added up until somebody asks. */
interface Seen {
  readonly at: number
  readonly outcome: 'success' | 'failure' | 'slow'
}

interface Pass {
  readonly era: number
  readonly probe: boolean
}

/**
 * The promises. Where they leave a choice (the jitter, and data between nine tenths of a window and a window old),
 * it looks at what the breaker chose, checks that it may, and goes on from there.
 */
function createModel() {
  let era = 0
  let seen: readonly Seen[] = []
  let trouble:
    | { status: 'open' | 'probing'; until: number; trips: number; reason: TripReason }
    | undefined

  return { admit, settle, view, due: () => trouble?.until ?? 0 }

  function admit(now: number): Pass | undefined {
    if (!trouble) return { era, probe: false }
    if (now < trouble.until) return undefined
    era += 1
    trouble = { ...trouble, status: 'probing', until: now + config.probeMs }
    return { era, probe: true }
  }

  function settle(pass: Pass, end: End, { now, chosen }: { now: number; chosen: View }): void {
    if (pass.era !== era || trouble?.status === 'open') return
    if (trouble) return judge(trouble, end, { now, chosen })
    const { outcome } = end
    if (outcome === 'ignored' || outcome === 'throttled') return
    // A clock that went back is taken for the time of the newest that is known.
    const at = Math.max(now, seen.at(-1)?.at ?? now)
    seen = [...seen, { at, outcome }]
    const allowed = outcome === 'success' ? [undefined] : findReasons(at)
    expect(allowed).toContain(chosen.reason)
    if (chosen.reason) open({ reason: chosen.reason, trips: 1 }, end, { now, chosen })
  }

  function judge(
    { trips, reason }: { trips: number; reason: TripReason },
    end: End,
    at: { now: number; chosen: View },
  ): void {
    const { outcome } = end
    era += 1
    if (outcome === 'ignored' || outcome === 'throttled') {
      trouble = { status: 'open', until: at.now, trips, reason }
    } else if (outcome === 'success' || (outcome === 'slow' && reason !== 'slow')) {
      trouble = undefined
      seen = []
    } else {
      open({ trips: trips + 1, reason: outcome === 'slow' ? 'slow' : 'probe' }, end, at)
    }
  }

  function open(
    { reason, trips }: { reason: TripReason; trips: number },
    { retryAfterMs = 0 }: End,
    { now, chosen: { waitMs } }: { now: number; chosen: View },
  ): void {
    const meantMs = Math.min(config.maxOpenMs, config.openMs * 2 ** (trips - 1))
    expect(waitMs).toBeGreaterThanOrEqual(Math.max(0.8 * meantMs, retryAfterMs) - 1e-6)
    expect(waitMs).toBeLessThanOrEqual(Math.max(1.2 * meantMs, retryAfterMs) + 1e-6)
    era += 1
    trouble = { status: 'open', until: now + waitMs, trips, reason }
  }

  /** What may happen now: one answer for each age at which the breaker may have forgotten. */
  function findReasons(now: number): readonly (TripReason | undefined)[] {
    const sure = now - 0.9 * config.windowMs
    const grey = seen.map(({ at }) => at).filter((at) => at < sure && at > now - config.windowMs)
    return [sure, ...grey].map((since) => findReason(seen.filter(({ at }) => at >= since)))
  }

  function findReason(lately: readonly Seen[]): TripReason | undefined {
    const count = (wanted: string) => lately.filter(({ outcome }) => outcome === wanted).length
    const lastGood = seen.findLastIndex(({ outcome }) => outcome !== 'failure')
    if (seen.length - 1 - lastGood >= config.consecutiveFailures) return 'consecutive'
    if (lately.length < config.minimumCalls) return undefined
    if (count('failure') / lately.length >= config.failureRate) return 'rate'
    return count('slow') / lately.length >= config.slowRate ? 'slow' : undefined
  }

  function view(now: number): View {
    if (!trouble) return closedView
    const { status, until, trips, reason } = trouble
    return { status, waitMs: Math.max(0, until - now), trips, reason }
  }
}

/** Leans to bad news, without which nothing would ever open; and back to good ones, to see it close. */
const end: fc.Arbitrary<End> = fc
  .tuple(
    fc.constantFrom<Outcome>(
      'failure',
      'failure',
      'success',
      'slow',
      'slow',
      'ignored',
      'throttled',
    ),
    fc.double({ min: 0, max: 0.999999, noNaN: true }),
    fc.option(fc.integer({ min: 0, max: 100_000 }), { freq: 8 }),
  )
  .map(([outcome, random, asked]) => ({
    outcome,
    random,
    ...(asked !== null && { retryAfterMs: asked }),
  }))

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('admit'), times: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 9, arbitrary: fc.record({ type: fc.constant('settle'), index: fc.nat(6), end }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kill'), index: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait'),
      ms: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
        {
          weight: 2,
          arbitrary: fc.constantFrom(8999, 9000, 9500, 9999, 10_000, 10_001, 3_600_000),
        },
        { weight: 1, arbitrary: fc.integer({ min: -20_000, max: -1 }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'wait-until-due' }) },
)

/** Plays one history, and tells which transitions it saw. */
function play<Ticket>(
  subject: Subject<Ticket>,
  steps: readonly Step[],
  reached: Set<string>,
): void {
  const model = createModel()
  const inFlight: { readonly ticket: Ticket; readonly pass: Pass }[] = []
  const probes = new Map<number, number>()
  let now = 1_000_000

  for (const step of steps) {
    const before = model.view(now)
    take(step)
    const after = model.view(now)
    expect(subject.view(now)).toEqual({ ...after, waitMs: expect.closeTo(after.waitMs, 5) })
    reached.add(`${before.status} ${step.type} ${after.status} ${after.reason}`)
  }

  function take(step: Step): void {
    if (step.type === 'wait') now += step.ms
    if (step.type === 'wait-until-due') now = Math.max(now, model.due())
    if (step.type === 'kill') inFlight.splice(step.index, 1)
    if (step.type === 'settle') settleOne(step)
    for (let left = step.type === 'admit' ? step.times : 0; left > 0; left -= 1) admitOne()
  }

  function admitOne(): void {
    const wasDue = now >= model.due()
    const pass = model.admit(now)
    const ticket = subject.admit(now)
    expect(ticket !== undefined).toBe(pass !== undefined)
    expect(ticket !== undefined).toBe(wasDue)
    if (ticket === undefined || pass === undefined) return
    expect(subject.isProbe(ticket)).toBe(pass.probe)
    if (pass.probe) noteProbe(pass.era)
    inFlight.push({ ticket, pass })
  }

  /** A lease is an era of its own: nobody else is let through in it. */
  function noteProbe(era: number): void {
    probes.set(era, (probes.get(era) ?? 0) + 1)
    expect(probes.get(era)).toBe(1)
  }

  function settleOne({ index, end }: Extract<Step, { type: 'settle' }>): void {
    const [settled] = inFlight.splice(index, 1)
    if (!settled) return
    const before = subject.view(now)
    subject.settle(settled.ticket, end, now)
    const chosen = subject.view(now)
    model.settle(settled.pass, end, { now, chosen })
    const isGood = end.outcome !== 'failure' && end.outcome !== 'slow'
    if (before.status === 'closed' && isGood) expect(chosen.status).toBe('closed')
  }
}

const histories = fc.array(step, { minLength: 1, maxLength: 120, size: 'max' })

/** Without these a comparison would have proved little. */
const mustBeReached = [
  'closed settle open consecutive',
  'closed settle open rate',
  'closed settle open slow',
  'open admit probing rate',
  'open settle open rate',
  'probing admit probing probe',
  'probing settle closed undefined',
  'probing settle open probe',
  'probing settle open slow',
  'probing settle probing rate',
]

const promise = 'admits, counts, opens and closes as promised, whatever happens in whatever order'

test(`the machine ${promise}`, () => compare(createMachine), 30_000)

test(`a circuit that is kept around the machine ${promise}`, () => compare(createKept), 30_000)

test('a pause is never longer than the longest and a fifth, however often it opened', () => {
  const dice = fc.double({ min: 0, max: 0.999999, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), dice, (trips, random) => {
      const pauseMs = openFor(trips, random, config)
      expect(pauseMs).toBeLessThanOrEqual(1.2 * config.maxOpenMs)
      expect(pauseMs).toBeGreaterThanOrEqual(0.8 * config.openMs)
    }),
  )
})

function compare<Ticket>(createSubject: () => Subject<Ticket>): void {
  const reached = new Set<string>()
  fc.assert(
    fc.property(histories, (steps) => play(createSubject(), steps, reached)),
    { numRuns: 500 },
  )
  for (const wanted of mustBeReached) expect(reached).toContain(wanted)
}
