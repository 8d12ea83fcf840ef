import { expect, test } from 'vitest'
import { backoffs, findFullestSlotOf, simulateFirstRetries } from './first-retries.ts'
import { simulateOutage } from './outage.ts'

test('adds at most a twentieth to the calls of an outage, by the budget alone', async () => {
  const { originals, attempts } = await simulateOutage({ budget: 'on', breaker: 'off' })
  expect(originals).toBeGreaterThan(9500)
  expect(attempts).toBeGreaterThanOrEqual(originals)
  expect(attempts / originals).toBeLessThanOrEqual(1.05)
})

test('keeps an outage from the host, and ends with the breaker’s pause', async () => {
  const { originals, attempts, recoveryMs } = await simulateOutage({ budget: 'on', breaker: 'on' })
  expect(originals).toBeGreaterThan(9500)
  expect(attempts).toBeGreaterThanOrEqual(5)
  expect(attempts).toBeLessThan(50)
  // It opened right after the start, for 30 s give or take a fifth; the outage took 20 s.
  expect(recoveryMs).toBeGreaterThan(0)
  expect(recoveryMs).toBeLessThan(17_000)
})

test('spreads the first retries of two thousand clients that failed together', async () => {
  const share = await simulateFirstRetries()
  expect(share).toBeGreaterThanOrEqual(0.1)
  expect(share).toBeLessThanOrEqual(0.12)
})

test('spreads them better than every formula of others', async () => {
  const share = await simulateFirstRetries()
  const others = Object.values(backoffs).map(findFullestSlotOf)
  expect(Math.min(...others)).toBeGreaterThan(share)
})

test('gives the same result every time', async () => {
  expect(await simulateFirstRetries()).toBe(await simulateFirstRetries())
})
