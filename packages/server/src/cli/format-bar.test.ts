import { expect, test } from 'vitest'
import { formatBar } from './format-bar.ts'

test.each([
  [{ done: 0, failed: 0, total: 0 }, '░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 0'],
  [{ done: 1, failed: 0, total: 2 }, '████████████░░░░░░░░░░░░ 1 of 2'],
  [{ done: 2, failed: 1, total: 2 }, '████████████████████████ 2 of 2, 1 failed'],
])('%o is %s', (figures, text) => {
  expect(formatBar(figures)).toBe(text)
})
