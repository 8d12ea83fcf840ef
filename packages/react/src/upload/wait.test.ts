import { createFailure, failures, isFailureCode } from '@lightfast/core'
import type { Failure, FailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { LONGEST_WAIT_MS, spread, toWait } from './wait.ts'

const codes = Object.keys(failures).filter(isFailureCode)
const facts = { online: true, now: 1_000_000, random: 0.5 }

const fail = (code: FailureCode, retryAfterMs?: number): Failure =>
  createFailure(code, 'a test', retryAfterMs === undefined ? {} : { retryAfterMs })

describe('waiting instead of failing', () => {
  it('is for an open circuit and a used-up limit, if a time is named, and for nothing else online', () => {
    const waiting = codes.filter((code) => toWait(fail(code, 30_000), facts) !== null)
    expect(waiting).toEqual(['upload_limit_reached', 'rate_limited', 'circuit_open'])
    expect(codes.filter((code) => toWait(fail(code), facts) !== null)).toEqual([])
  })

  it('is for all that another try may mend while there is no connection', () => {
    for (const code of codes) {
      const wait = failures[code].retry === 'never' ? null : { reason: 'offline', retryAt: null }
      expect([code, toWait(fail(code, 30_000), { ...facts, online: false })]).toEqual([code, wait])
    }
  })

  it('ends up to a tenth later than was named', () => {
    expect(toWait(fail('circuit_open', 30_000), facts)).toEqual({
      reason: 'circuit',
      retryAt: 1_031_500,
    })
    expect(toWait(fail('rate_limited', 30_000), { ...facts, random: 0 })).toEqual({
      reason: 'rate',
      retryAt: 1_030_000,
    })
  })

  it('is for nobody who would have to wait for more than an hour', () => {
    expect(toWait(fail('circuit_open', LONGEST_WAIT_MS), facts)).not.toBeNull()
    expect(toWait(fail('circuit_open', LONGEST_WAIT_MS + 1), facts)).toBeNull()
  })
})

it('spreads no moment that has passed', () => {
  expect(spread(900_000, facts)).toBe(900_000)
})
