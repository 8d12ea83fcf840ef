import { expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

test.each([
  ['2', 2000],
  ['0.5', 500],
  ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
  ['604800', 3_600_000],
  ['Sun, 29 Nov 2026 12:00:00 GMT', 3_600_000],
])('reads "%s" as %i ms', (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected)
})

test.each([null, '', ' ', 'soon', 'NaN', '0', '-5', 'Sat, 21 Nov 2026 12:00:00 GMT', 'Infinity '])(
  'does not let "%s" bring anybody back at once',
  (header) => {
    const delay = parseRetryAfter(header, now)
    expect(delay === undefined || delay >= 3_600_000).toBe(true)
  },
)
