import { expect, test } from 'vitest'
import { addCounts, countWindow } from './window.ts'
import type { Window } from './window.ts'

const windowMs = 10_000
const failure = { calls: 1, failures: 1, slow: 0 }
const at = (now: number) => ({ now, windowMs })

test('adds up what happened within the window', () => {
  const window = [0, 500, 1500, 9500].reduce<Window>(
    (all, now) => addCounts(all, failure, at(now)),
    [],
  )
  expect(countWindow(window, at(9900))).toEqual({ calls: 4, failures: 4, slow: 0 })
})

test('forgets by age alone, though nothing else happens', () => {
  const window = addCounts([], failure, at(0))
  expect(countWindow(window, at(9999)).failures).toBe(1)
  expect(countWindow(window, at(10_000)).failures).toBe(0)
})

test('keeps at most ten buckets, however much happens', () => {
  let window: Window = []
  for (let now = 0; now < 100_000; now += 100) window = addCounts(window, failure, at(now))
  expect(window).toHaveLength(10)
})

test('adds to the newest bucket when the clock goes back', () => {
  const window = addCounts(addCounts([], failure, at(5000)), failure, at(1000))
  expect(window).toEqual([{ at: 5, calls: 2, failures: 2, slow: 0 }])
})

test('leaves the window it was given as it was', () => {
  const before = addCounts([], failure, at(0))
  addCounts(before, failure, at(0))
  expect(before).toEqual([{ at: 0, calls: 1, failures: 1, slow: 0 }])
})
