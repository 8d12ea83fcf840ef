import { expect, it } from 'vitest'
import { MAX_CANVAS_PIXELS, addTurn, nameCropped, planCrop, turnSize } from './crop-plan.ts'

it('keeps every pixel of a crop that a canvas can hold', () => {
  expect(planCrop({ width: 640, height: 480 })).toEqual({ width: 640, height: 480, scale: 1 })
})

it.each([
  [12_000, 12_000],
  [20_000, 1000],
  [5000, 9000],
])('makes a crop of %i by %i fit into the canvas of iOS, in its own shape', (width, height) => {
  const plan = planCrop({ width, height })
  expect(plan.width * plan.height).toBeLessThanOrEqual(MAX_CANVAS_PIXELS)
  expect(plan.width * plan.height).toBeGreaterThan(MAX_CANVAS_PIXELS * 0.99)
  expect(plan.width / plan.height).toBeCloseTo(width / height, 1)
})

it('never plans a file without a pixel', () => {
  expect(planCrop({ width: 1, height: 1_000_000 }, 1000)).toMatchObject({ width: 1 })
})

it('swaps the sides with every other turn', () => {
  const size = { width: 3, height: 2 }
  expect(([0, 90, 180, 270] as const).map((turn) => turnSize(size, turn).width)).toEqual([
    3, 2, 3, 2,
  ])
})

it('comes round after four turns', () => {
  expect([0, 270].map((from) => addTurn({ by: 'right', from: from === 0 ? 0 : 270 }))).toEqual([
    90, 0,
  ])
  expect(addTurn({ by: 'left', from: 0 })).toBe(270)
})

it.each([
  ['beach.PNG', 'image/jpeg', 'beach.jpg'],
  ['my.holiday.heic', 'image/webp', 'my.holiday.webp'],
  ['photo', 'image/png', 'photo.png'],
  ['Dr. Who', 'image/jpeg', 'Dr. Who.jpg'],
])('names the crop of %j as %s %j', (name, type, expected) => {
  expect(nameCropped(name, type)).toBe(expected)
})
