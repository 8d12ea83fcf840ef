import { describe, expect, test } from 'vitest'
import { count, createLimiter } from './limiter.ts'
import type { Standing } from './limiter.ts'

const quota = { requests: 2, windowMs: 1000, blockMs: 5000 }
const counting = (since: number, used: number): Standing => ({ status: 'counting', since, used })
const blocked = (since: number, until: number): Standing => ({ status: 'blocked', since, until })

test.each([
  ['begins a window', undefined, 50, counting(50, 1)],
  ['counts within it', counting(50, 1), 60, counting(50, 2)],
  ['blocks at the call too many', counting(50, 2), 70, blocked(70, 5070)],
  ['does not prolong a block', blocked(70, 5070), 5069, blocked(70, 5070)],
  ['begins anew after the window', counting(50, 2), 1050, counting(1050, 1)],
  ['begins anew after a block', blocked(70, 5070), 5070, counting(5070, 1)],
  ['begins anew when the clock was set back', blocked(70, 5070), 69, counting(69, 1)],
] as const)('%s', (_, before, now, after) => {
  expect(count(before, now, quota)).toEqual(after)
})

test('blocks to the end of the window where no longer block is asked for', () => {
  const { blockMs: _, ...short } = quota
  expect(count(counting(50, 2), 70, short)).toEqual(blocked(70, 1050))
})

describe('a limiter', () => {
  test('tells what is left and when all is there again', () => {
    let now = 0
    const limiter = createLimiter(quota, () => now)
    expect(limiter.take('a')).toEqual({ admitted: true, remaining: 1, resetMs: 1000 })
    now = 400
    expect(limiter.take('a')).toEqual({ admitted: true, remaining: 0, resetMs: 600 })
    expect(limiter.take('a')).toEqual({ admitted: false, remaining: 0, resetMs: 5000 })
  })

  test('counts callers apart', () => {
    const limiter = createLimiter({ ...quota, requests: 1 }, () => 0)
    limiter.take('a')
    expect(limiter.take('a').admitted).toBe(false)
    expect(limiter.take('b').admitted).toBe(true)
  })
})
