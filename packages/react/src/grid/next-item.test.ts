import { expect, it } from 'vitest'
import { nextItem } from './next-item.ts'
import type { MoveKey, Place } from './next-item.ts'

const place = (left: number, top: number, width: number, height = 100): Place => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
})

// Two rows of pictures at their own ratio: 0 wide, 1 narrow; 2 narrow, 3 narrow, 4 wide.
const places = [
  place(0, 0, 200),
  place(208, 0, 100),
  place(0, 108, 90),
  place(98, 108, 90),
  place(196, 108, 112),
]

it.each<[from: number, MoveKey, to: number]>([
  [0, 'ArrowRight', 1],
  [1, 'ArrowRight', 2],
  [4, 'ArrowRight', 4],
  [0, 'ArrowLeft', 0],
  [0, 'ArrowDown', 3],
  [1, 'ArrowDown', 4],
  [2, 'ArrowUp', 0],
  [4, 'ArrowUp', 1],
  [1, 'ArrowUp', 1],
  [4, 'ArrowDown', 4],
  [2, 'Home', 0],
  [2, 'End', 4],
])('from %d, %s leads to %d', (from, key, to) => {
  expect(nextItem({ from, key, places, direction: 'ltr' })).toBe(to)
})

it('goes the way that is read, from right to left', () => {
  expect(nextItem({ from: 1, key: 'ArrowLeft', places, direction: 'rtl' })).toBe(2)
  expect(nextItem({ from: 1, key: 'ArrowRight', places, direction: 'rtl' })).toBe(0)
})
