import { expect, test } from 'vitest'
import { colourNames } from './colour-names.ts'
import { parseColour } from './css-colour.ts'

test.each([
  ['red', 255, 0, 0, 1],
  ['RebeccaPurple', 102, 51, 153, 1],
  ['transparent', 0, 0, 0, 0],
  ['#123', 17, 34, 51, 1],
  ['#1230', 17, 34, 51, 0],
  ['#0A0b0C', 10, 11, 12, 1],
  ['#0a0b0c00', 10, 11, 12, 0],
  ['rgb(240,40,145)', 240, 40, 145, 1],
  ['rgb(255 255 0)', 255, 255, 0, 1],
  ['rgba(250, 40, 145, 0.5)', 250, 40, 145, 0.5],
  ['rgba(255 255 0 100)', 255, 255, 0, 1],
  ['rgb(100% 0% 50% / 25%)', 255, 0, 128, 0.25],
  ['rgb(999, 0, 0)', 255, 0, 0, 1],
])('reads %s', (text, r, g, b, alpha) => {
  expect(parseColour(text)).toEqual({ r, g, b, alpha })
})

test.each([
  '',
  '#',
  '#12',
  '#12345',
  'rgb()',
  'rgb(1,2)',
  'rgb(1,2,3,4,5)',
  'rgb(-1,2,3)',
  'hsl(1 2 3)',
])('takes %s for no colour', (text) => {
  expect(parseColour(text)).toBeUndefined()
})

test('knows every name of CSS', () => {
  expect(colourNames.size).toBe(148)
})
