import { failures, ImagesError, isFailureCode } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { defaultRetryConfig, nextDelay, nextStep } from './retry-delay.ts'
import type { Tried } from './retry-delay.ts'

const step = (code: FailureCode, tried: Partial<Tried> = {}) =>
  nextStep(
    new ImagesError(code, 'A test.'),
    { attempt: 1, repeat: 'safe', canReadBack: false, ...tried },
    defaultRetryConfig,
  )

describe('whether there is another attempt', () => {
  const codes = Object.keys(failures).filter(isFailureCode)

  test.each(codes.filter((code) => failures[code].retry !== 'soon'))(
    '%s is never repeated',
    (code) => {
      expect(step(code)).toBe('stop')
    },
  )

  test('a safe call is sent four times, and no more', () => {
    expect(step('host_unavailable', { attempt: 3 })).toBe('send')
    expect(step('host_unavailable', { attempt: 4 })).toBe('stop')
  })

  test.each<FailureCode>([
    'host_unavailable',
    'host_timed_out',
    'host_unreachable',
    'host_reply_invalid',
  ])('an unsafe call is not sent again blindly after %s', (code) =>
    expect(step(code, { repeat: 'unsafe' })).toBe('stop'),
  )

  test('an unsafe call that was only throttled is sent once more', () => {
    expect(step('rate_limited', { repeat: 'unsafe' })).toBe('send')
    expect(step('rate_limited', { repeat: 'unsafe', attempt: 2 })).toBe('stop')
  })

  test('an unsafe call that can be read back is sent once more, and looked for once more after that', () => {
    const tried = { repeat: 'unsafe', canReadBack: true } as const
    expect(step('host_timed_out', tried)).toBe('send')
    expect(step('host_timed_out', { ...tried, attempt: 2 })).toBe('read')
    expect(step('host_timed_out', { ...tried, attempt: 3 })).toBe('read')
  })

  test('a call that is never to be repeated is not', () => {
    expect(step('rate_limited', { repeat: 'never' })).toBe('stop')
  })
})

const delay = (previousMs: number, random: number, retryAfterMs?: number) =>
  nextDelay({ previousMs, retryAfterMs }, defaultRetryConfig, random)

describe('how long to wait', () => {
  test('is anything from the base to three times the delay before', () => {
    expect([delay(500, 0), delay(500, 0.5), delay(500, 0.999)]).toEqual([500, 1000, 1499])
    expect(delay(2000, 0.5)).toBe(3250)
  })

  test('is never more than the cap', () => expect(delay(8000, 0.99)).toBe(8000))

  test('is what Cloudflare asked for, and up to the base more, so that not all come back at once', () => {
    expect([delay(500, 0, 2500), delay(500, 0.5, 2500)]).toEqual([2500, 2750])
  })
})
