import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketExpiry, imageExpiry } from './sign-url-expiry.ts'

const life = { ttlMs: 3_600_000, bucketMs: 300_000 }

test('equal rights give equal URLs for the length of a bucket', () => {
  expect(bucketExpiry(1_000_000, 3_600_000, 300_000)).toBe(
    bucketExpiry(1_100_000, 3_600_000, 300_000),
  )
  expect(bucketExpiry(1_000_001, 10, 100)).toBe(1_000_100)
  const expiries = Array.from({ length: 300 }, (_, second) =>
    imageExpiry('an-id', second * 1000, life),
  )
  expect(new Set(expiries).size).toBeLessThanOrEqual(2)
})

test('an expiry is whole seconds, and at least the life and at most a bucket more ahead', () => {
  const anyTime = fc.integer({ min: 0, max: 4_102_444_800_000 })
  const anySeconds = fc.integer({ min: 1, max: 100_000 }).map((seconds) => seconds * 1000)
  fc.assert(
    fc.property(fc.uuid(), anyTime, fc.nat(10_000_000), anySeconds, (id, now, ttlMs, bucketMs) => {
      const expiresAt = imageExpiry(id, now, { ttlMs, bucketMs })
      expect(expiresAt % 1000).toBe(0)
      expect(expiresAt - now).toBeGreaterThanOrEqual(ttlMs)
      expect(expiresAt - now).toBeLessThanOrEqual(ttlMs + bucketMs)
    }),
  )
})

test('the URLs of many images do not expire at the same moment', () => {
  const ids = Array.from({ length: 1000 }, () => crypto.randomUUID())
  const counts = new Map<number, number>()
  for (const id of ids) {
    const at = imageExpiry(id, 0, life)
    counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  expect(counts.size).toBeGreaterThan(200)
  expect(Math.max(...counts.values())).toBeLessThan(30)
})

test.each([0, 500, 1500, Number.NaN])('a bucket of %s ms is refused', (bucketMs) => {
  expect(() => imageExpiry('i', 0, { ttlMs: 1, bucketMs })).toThrow(TypeError)
})
