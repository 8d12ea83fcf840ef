import { assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitPicture } from './fit-picture.ts'
import { placeMark, toFitting, toMarkScale } from './place-mark.ts'

const side = integer({ min: 1, max: 8192 })
const size = record({ width: side, height: side })
const at = constantFrom('top-left', 'top-right', 'bottom-left', 'bottom-right')

describe('a mark', () => {
  test('that fits is within the picture, whatever its inset', () => {
    assert(
      property(size, size, at, nat(10_000), (mark, picture, at, inset) => {
        const by = toFitting(mark, picture)
        const fitted = { width: Math.floor(mark.width * by), height: Math.floor(mark.height * by) }
        const place = { at, inset }
        const { left, top } = placeMark(fitted, { picture, place, scale: 1, edge: 0 })
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + fitted.width).toBeLessThanOrEqual(picture.width)
        expect(top + fitted.height).toBeLessThanOrEqual(picture.height)
      }),
    )
  })

  test.each([
    [{ width: 1600, height: 1200 }, 1],
    [{ width: 400, height: 300 }, 0.25],
    [{ width: 150, height: 1500 }, 750 / 1600],
  ])('on %o is drawn by %d', (picture, scale) => {
    expect(toMarkScale(picture, {})).toBe(scale)
  })
})

describe('a rendition', () => {
  test('has whole pixels, and no more of them than its preset says', () => {
    const fit = constantFrom('scale-down', 'contain')
    const preset = record({ width: side, height: side, fit })
    assert(
      property(size, preset, (picture, preset) => {
        const { width, height } = fitPicture(picture, preset)
        expect(Number.isInteger(width) && Number.isInteger(height)).toBe(true)
        expect(width).toBeGreaterThanOrEqual(1)
        expect(width).toBeLessThanOrEqual(preset.width)
        expect(height).toBeLessThanOrEqual(preset.height)
      }),
    )
  })

  test('of a strip is no taller than can be encoded', () => {
    const fitted = fitPicture({ width: 1, height: 50_000 }, { width: 1600, fit: 'contain' })
    expect(fitted).toEqual({ width: 1, height: 8192 })
  })
})
