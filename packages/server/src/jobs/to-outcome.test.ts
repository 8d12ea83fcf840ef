import { failures, ImagesError, isFailureCode } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeJob } from '../test-support/make-job.ts'
import { defaultJobRules as rules, toOutcome } from './to-outcome.ts'
import type { VerdictContext } from './to-outcome.ts'

const NOW = 1_000_000
const job = makeJob({ tries: 3, pauseMs: 6000 })
const context: VerdictContext = { now: NOW, random: 0.5, rules, circuitMs: undefined }
const fail = (code: FailureCode, retryAfterMs?: number) => ({
  error: new ImagesError(code, 'A test.', retryAfterMs === undefined ? {} : { retryAfterMs }),
})

const kept = { tries: 3, pauseMs: 6000 }
/** Half of the jitter. */
const JITTER = 2500
/** Halfway from 2 s to three times 6 s. */
const PAUSE = 10_000

test.each([
  ['done', { result: 'done' } as const, {}, { as: 'done', outcome: { status: 'done' } }],
  [
    'looked at again when it asks for it, which uses up no try',
    { result: { againAt: NOW + 700, code: 'host_timed_out' } } as const,
    {},
    again('again', { ...kept, runAt: NOW + 700, code: 'host_timed_out' }),
  ],
  [
    'looked at again, but not without a pause',
    { result: { againAt: 0 } },
    {},
    again('again', { ...kept, runAt: NOW + 250, code: null }),
  ],
  [
    'given up at once if it can never succeed',
    fail('file_refused_by_host'),
    {},
    { as: 'dead', outcome: { status: 'dead', code: 'file_refused_by_host' } },
  ],
  [
    'parked for as long as the reply says, and a little',
    fail('rate_limited', 90_000),
    {},
    again('parked', { ...kept, runAt: NOW + 90_000 + JITTER, code: 'rate_limited' }),
  ],
  [
    'parked for a little if nobody says how long',
    fail('client_busy'),
    {},
    again('parked', { ...kept, runAt: NOW + 2000 + JITTER, code: 'client_busy' }),
  ],
  [
    'parked for an hour at the most, whatever a reply says',
    fail('rate_limited', 1e15),
    {},
    again('parked', { ...kept, runAt: NOW + 3_600_000 + JITTER, code: 'rate_limited' }),
  ],
  [
    'parked if it was the probe of a circuit that stays open',
    fail('host_unreachable'),
    { circuitMs: 60_000 },
    again('parked', { ...kept, runAt: NOW + 60_000 + JITTER, code: 'host_unreachable' }),
  ],
  [
    'parked if its circuit was isolated by hand',
    fail('host_unavailable'),
    { circuitMs: 0 },
    again('parked', { ...kept, runAt: NOW + 2000 + JITTER, code: 'host_unavailable' }),
  ],
  [
    'failed if the host failed, and its circuit is closed',
    fail('host_unreachable'),
    {},
    again('again', { tries: 4, pauseMs: PAUSE, runAt: NOW + PAUSE, code: 'host_unreachable' }),
  ],
  [
    'failed if it is no outage, though the circuit is open',
    fail('slot_spent'),
    { circuitMs: 60_000 },
    again('again', { tries: 4, pauseMs: PAUSE, runAt: NOW + PAUSE, code: 'slot_spent' }),
  ],
  [
    'failed, and not tried before the reply allows it',
    fail('host_unavailable', 50_000),
    {},
    again('again', { tries: 4, pauseMs: PAUSE, runAt: NOW + 50_000, code: 'host_unavailable' }),
  ],
  [
    'failed by a fault of its own if the error is none of ours',
    { error: new Error('secret') },
    {},
    again('again', { tries: 4, pauseMs: PAUSE, runAt: NOW + PAUSE, code: 'server_failed' }),
  ],
] as const)('a job is %s', (_name, end, changes, verdict) => {
  expect(toOutcome(job, end, { ...context, ...changes })).toEqual(verdict)
})

function again(as: 'again' | 'parked', outcome: object) {
  return { as, outcome: { status: 'again', ...outcome } }
}

test('the tenth try that fails is the last', () => {
  const [ninth, tenth] = [makeJob({ tries: 8 }), makeJob({ tries: 9 })]
  expect(toOutcome(ninth, fail('server_failed'), context).as).toBe('again')
  expect(toOutcome(tenth, fail('server_failed'), context)).toEqual({
    as: 'dead',
    outcome: { status: 'dead', code: 'server_failed' },
  })
})

test('a job that was parked on its last try still has it', () => {
  const last = makeJob({ tries: 9 })
  expect(toOutcome(last, fail('circuit_open', 1000), context)).toMatchObject({
    as: 'parked',
    outcome: { tries: 9 },
  })
})

function drawPause(pauseMs: number, random: number) {
  const end = fail('server_failed')
  const { outcome } = toOutcome(makeJob({ pauseMs }), end, { ...context, random })
  return outcome.status === 'again' ? [outcome.pauseMs, outcome.runAt - NOW] : outcome
}

test('pauses are drawn from 2 s to three times the one before, and never over 300 s', () => {
  expect(drawPause(0, 0)).toEqual([2000, 2000])
  expect(drawPause(0, 0.999999)).toEqual([6000, 6000])
  expect(drawPause(6000, 0)).toEqual([2000, 2000])
  expect(drawPause(6000, 0.999999)).toEqual([18_000, 18_000])
  expect(drawPause(200_000, 0.999999)).toEqual([300_000, 300_000])
})

test('whatever fails, and whenever: no job comes again at once, or later than an hour and the jitter', () => {
  const codes = Object.keys(failures).filter(isFailureCode)
  const time = fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined })
  const dice = fc.double({ min: 0, max: 0.999999, noNaN: true })
  const cases = fc.tuple(fc.constantFrom(...codes), time, time, dice, fc.nat(9))
  fc.assert(
    fc.property(cases, ([code, retryAfterMs, circuitMs, random, tries]) => {
      const now = { ...context, random, circuitMs }
      const { as, outcome } = toOutcome(makeJob({ tries }), fail(code, retryAfterMs), now)
      if (outcome.status !== 'again') {
        expect(as).toBe('dead')
        expect(failures[code].retry === 'never' || tries === 9).toBe(true)
        return
      }
      expect(outcome.tries).toBe(as === 'parked' ? tries : tries + 1)
      expect(outcome.runAt - NOW).toBeGreaterThanOrEqual(2000)
      expect(outcome.runAt - NOW).toBeLessThanOrEqual(3_605_000)
      expect(Number.isInteger(outcome.runAt)).toBe(true)
    }),
  )
})
