import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('jumps forth and back, and agrees again after a reset', () => {
  let base = 1000
  const clock = createClock(() => base)
  clock.jump(60_000)
  base += 5
  expect([clock.now(), clock.offset()]).toEqual([61_005, 60_000])
  clock.jump(-70_000)
  expect(clock.now()).toBe(-8995)
  clock.reset()
  expect([clock.now(), clock.offset()]).toEqual([1005, 0])
})
