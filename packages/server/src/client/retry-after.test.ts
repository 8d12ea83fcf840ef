import { expect, test } from 'vitest'
import { parseExhausted, parseRetryAfter } from './retry-after.ts'

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

test.each([
  ['"default";r=0;t=30', 30_000],
  ['"burst";r=3;t=5, "default";r=0;t=30', 30_000],
  ['"burst";r=0;t=5, "default"; r=0; t=30', 30_000],
  ['"default";r=0;t=604800', 3_600_000],
  ['"default";r=50;t=30', undefined],
  ['"default";r=0;t=0', undefined],
  ['"default";r=00;t=x', undefined],
  ['', undefined],
  [null, undefined],
])('reads the limit %s as used up for %s ms', (header, expected) => {
  expect(parseExhausted(header)).toBe(expected)
})
