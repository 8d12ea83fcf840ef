import { describe, expect, test } from 'vitest'
import { readClientConfig } from './client-config.ts'
import type { ClientFigures } from './client-config.ts'

test('what is not given has its default', () => {
  const { attemptMs, retry, budget, breaker, gate, bulkhead } = readClientConfig({
    retry: { attempts: 2 },
  })
  expect(attemptMs).toBe(8000)
  expect(retry).toEqual({ attempts: 2, unsafeAttempts: 2, baseMs: 500, capMs: 8000 })
  expect(budget).toEqual({ tokens: 500, cost: 14, throttledCost: 5 })
  expect(breaker).toMatchObject({ consecutiveFailures: 5, openMs: 30_000, maxOpenMs: 300_000 })
  expect(gate).toEqual({ closeMs: 30_000, maxCloseMs: 3_600_000 })
  expect(bulkhead).toEqual({ concurrency: 64, queue: 256 })
})

describe('a figure out of its range is a RangeError that names the option and the range', () => {
  test.each<[ClientFigures, string]>([
    [{ attemptMs: 0 }, 'attemptMs must be a number from 1 to 86400000, and not 0.'],
    [{ attemptMs: Number.NaN }, 'attemptMs must be a number from 1 to 86400000, and not NaN.'],
    [{ attemptMs: Infinity }, 'attemptMs must be a number from 1 to 86400000, and not Infinity.'],
    [
      { retry: { attempts: 0 } },
      'retry.attempts must be a whole number from 1 to 1000000, and not 0.',
    ],
    [
      { retry: { attempts: 1.5 } },
      'retry.attempts must be a whole number from 1 to 1000000, and not 1.5.',
    ],
    [{ retry: { baseMs: -1 } }, 'retry.baseMs must be a number from 1 to 86400000, and not -1.'],
    [{ retry: { baseMs: 9000 } }, 'retry.baseMs must not be more than retry.capMs, which is 8000.'],
    [
      { budget: { tokens: -1 } },
      'budget.tokens must be a whole number from 0 to 1000000, and not -1.',
    ],
    [
      { breaker: { failureRate: 0 } },
      'breaker.failureRate must be a number from more than 0 to 1, and not 0.',
    ],
    [
      { breaker: { slowRate: 1.1 } },
      'breaker.slowRate must be a number from more than 0 to 1, and not 1.1.',
    ],
    [
      { breaker: { openMs: 400_000 } },
      'breaker.openMs must not be more than breaker.maxOpenMs, which is 300000.',
    ],
    [{ gate: { closeMs: 0 } }, 'gate.closeMs must be a number from 1 to 86400000, and not 0.'],
    [
      { bulkhead: { queue: -1 } },
      'bulkhead.queue must be a whole number from 0 to 1000000, and not -1.',
    ],
  ])('%j', (figures, message) => {
    expect(() => readClientConfig(figures)).toThrow(new RangeError(message))
  })
})

test('what is no number is a TypeError', () => {
  const figures: ClientFigures = JSON.parse('{"retry":{"attempts":"4"}}')
  expect(() => readClientConfig(figures)).toThrow(
    new TypeError('retry.attempts must be a whole number from 1 to 1000000.'),
  )
})

test('an option that does not exist is a TypeError, and not silently without effect', () => {
  const figures: ClientFigures = JSON.parse('{"breaker":{"treshold":4}}')
  expect(() => readClientConfig(figures)).toThrow(
    new TypeError('breaker has no option "treshold".'),
  )
})

test('the options of the caller stay as they were', () => {
  const retry = Object.freeze({ attempts: 3 })
  expect(readClientConfig({ retry }).retry).not.toBe(retry)
  expect(retry).toEqual({ attempts: 3 })
})
