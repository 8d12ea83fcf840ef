import { createFailure } from '@lightfast/core'
import type { Failure } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { clear, judge, mayAsk, parseVerdict, probe } from './verdict.ts'
import type { Verdict } from './verdict.ts'
import { LONGEST_WAIT_MS } from './wait.ts'

const NOW = 1_000_000
const paused: Verdict = { status: 'paused', reason: 'circuit', until: NOW + 30_000 }
const probing: Verdict = { status: 'probing', reason: 'circuit', until: NOW + 20_000, by: 'a' }
const shut: Failure = createFailure('circuit_open', 'Wait.', { retryAfterMs: 30_000 })
const away: Failure = createFailure('server_unreachable', 'Nobody.')

describe('who may ask', () => {
  it.each([
    ['anybody while nothing is known', clear, 'b', NOW, true],
    ['nobody before the named time', paused, 'b', NOW + 29_999, false],
    ['whoever comes first after it', paused, 'b', NOW + 30_000, true],
    ['the one that tries for all', probing, 'a', NOW, true],
    ['nobody else meanwhile', probing, 'b', NOW + 19_999, false],
    ['the next one when that does not report', probing, 'b', NOW + 20_000, true],
  ] as const)('%s', (_, verdict, id, now, expected) => {
    expect(mayAsk(verdict, id, now)).toBe(expected)
  })
})

describe('what becomes of a verdict', () => {
  it.each<[string, Verdict, Verdict]>([
    ['a call that went well clears it', judge(probing, null, NOW), clear],
    ['a named time pauses it', judge(clear, shut, NOW), paused],
    [
      'another failure pauses nothing',
      judge(clear, createFailure('host_unavailable', 'Down.', { retryAfterMs: 9000 }), NOW),
      clear,
    ],
    [
      'a limit of one person pauses nobody else',
      judge(clear, createFailure('upload_limit_reached', 'Many.', { retryAfterMs: 9000 }), NOW),
      clear,
    ],
    ['another failure ends no pause', judge(paused, away, NOW), paused],
    [
      'a try that met something else leaves it to the next one, soon',
      judge(probing, away, NOW),
      { status: 'paused', reason: 'circuit', until: NOW + 2000 },
    ],
    ['one tries for all', probe(paused, 'a', NOW), probing],
    ['without a pause there is nothing to try', probe(clear, 'a', NOW), clear],
  ])('%s', (_, verdict, expected) => {
    expect(verdict).toEqual(expected)
  })
})

describe('what another tab says', () => {
  it.each([clear, paused, probing])('is understood: $status', (verdict) => {
    expect(parseVerdict(structuredClone(verdict), NOW)).toEqual(verdict)
  })

  it.each([
    null,
    'clear',
    {},
    { status: 'shut', reason: 'circuit', until: NOW },
    { status: 'paused', until: NOW },
    { status: 'paused', reason: 'whim', until: NOW },
    { status: 'paused', reason: 'rate', until: 'soon' },
    { status: 'paused', reason: 'rate', until: Number.NaN },
    { status: 'paused', reason: 'rate', until: NOW + LONGEST_WAIT_MS + 1 },
    { status: 'probing', reason: 'rate', until: NOW },
  ])('is ignored if it makes no sense: %o', (message) => {
    expect(parseVerdict(message, NOW)).toBeNull()
  })
})
