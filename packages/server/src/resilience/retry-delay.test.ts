import { createFailure } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { defaultRetryConfig, nextDelay } from './retry-delay.ts'
import type { FailedAttempt } from './retry-delay.ts'

const failed: FailedAttempt = {
  failure: createFailure('host_unavailable', 'Down.'),
  attempt: 1,
  repeat: 'safe',
  previousMs: 500,
  remainingMs: 20_000,
}
const delay = (changes: Partial<FailedAttempt>, random = 0.5) =>
  nextDelay({ ...failed, ...changes }, defaultRetryConfig, () => random)

describe('nextDelay', () => {
  test('is decorrelated: from the base to three times the delay before', () => {
    expect([delay({}, 0), delay({}, 0.5), delay({}, 1)]).toEqual([500, 1000, 1500])
    expect([delay({ previousMs: 1500 }, 0), delay({ previousMs: 1500 }, 1)]).toEqual([500, 4500])
  })

  test('spreads the first retry of clients that failed together', () => {
    const delays = Array.from({ length: 10 }, (_, at) => delay({}, at / 10))
    expect(new Set(delays).size).toBe(10)
  })

  test('is never longer than the cap', () => {
    expect(delay({ previousMs: 8000 }, 1)).toBe(8000)
  })

  test('keeps the pause that Cloudflare asked for, without jitter', () => {
    const failure = createFailure('rate_limited', 'Wait.', { retryAfterMs: 2500 })
    expect(delay({ failure }, 0.9)).toBe(2500)
  })

  test('never sleeps past the deadline: it gives up at once', () => {
    expect(delay({ remainingMs: 1000 })).toBeUndefined()
    const failure = createFailure('rate_limited', 'Wait.', { retryAfterMs: 300_000 })
    expect(delay({ failure })).toBeUndefined()
  })

  test('ends with the last attempt', () => {
    expect(delay({ attempt: 3 })).toBeDefined()
    expect(delay({ attempt: 4 })).toBeUndefined()
  })

  test.each([
    'not_found',
    'credentials_refused',
    'circuit_open',
    'file_refused_by_host',
    'host_refused',
  ] as const)('does not repeat %s', (code) => {
    expect(delay({ failure: createFailure(code, 'No.') })).toBeUndefined()
  })

  test('repeats an unsafe call only if nothing can have happened', () => {
    expect(delay({ repeat: 'unsafe' })).toBeUndefined()
    expect(
      delay({ repeat: 'unsafe', failure: createFailure('rate_limited', 'Wait.') }),
    ).toBeDefined()
  })

  test('does not repeat a call whose caller wants an answer now', () => {
    expect(delay({ repeat: 'never' })).toBeUndefined()
  })
})
