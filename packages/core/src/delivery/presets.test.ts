import { describe, expect, test } from 'vitest'
import { definePresets, pickVariant, presetVariants, variantsOf } from './presets.ts'
import type { Preset } from './presets.ts'
import { toDensitySrcset, toSizes, toSrcset } from './srcset.ts'

const presets = definePresets({
  gallery: { fit: 'scale-down', widths: [960, 320, 640] },
  avatar: { fit: 'cover', widths: [64, 128], ratio: 1, neverRequireSignedURLs: true },
  hero: { fit: 'crop', widths: [1200], ratio: 16 / 9, metadata: 'copyright' },
})
const gallery = presetVariants(presets, 'gallery')
const urlOf = (id: string) => `https://x/h/i/${id}`

test('a preset is a variant for each width, the narrowest first', () => {
  expect(gallery).toEqual([
    { id: 'gallery-320', fit: 'scale-down', width: 320, height: 12_000 },
    { id: 'gallery-640', fit: 'scale-down', width: 640, height: 12_000 },
    { id: 'gallery-960', fit: 'scale-down', width: 960, height: 12_000 },
  ])
  expect(presetVariants(presets, 'hero')).toEqual([
    { id: 'hero-1200', fit: 'crop', width: 1200, height: 675, metadata: 'copyright' },
  ])
  expect(variantsOf(presets)).toHaveLength(6)
  expect(presets.gallery.widths).toEqual([960, 320, 640])
})

const define = (preset: Partial<Preset>, name = 'gallery') =>
  definePresets({ [name]: { fit: 'scale-down', widths: [320], ...preset } })
const many = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

describe('presets that an account could not have are refused', () => {
  test.each<[Partial<Preset>, string, RegExp]>([
    [{}, 'a b', /cannot name a variant/],
    [{}, '', /cannot name a variant/],
    [{}, 'a/b', /cannot name a variant/],
    [{}, 'w=4', /cannot name a variant/],
    [{}, 'a'.repeat(96), /cannot name a variant/],
    [{ widths: [] }, 'a', /The preset a needs widths/],
    [{ widths: [0] }, 'a', /needs widths/],
    [{ widths: [1.5] }, 'a', /needs widths/],
    [{ widths: [12_001] }, 'a', /needs widths/],
    [{ widths: [5, 5] }, 'a', /a width twice/],
    [{ fit: 'cover' }, 'a', /needs a ratio for cover/],
    [{ ratio: 0 }, 'a', /needs a ratio/],
    [{ ratio: 0.001 }, 'a', /needs a ratio/],
    [{ ratio: 1000 }, 'a', /needs a ratio/],
    [{ widths: many(101) }, 'a', /need 101 variants: an account has room for 100/],
  ])('%j named "%s"', (preset, name, reason) => {
    expect(() => define(preset, name)).toThrow(reason)
  })

  test('100 are not too many', () => {
    expect(variantsOf(define({ widths: many(100) }))).toHaveLength(100)
  })

  test('a preset is asked for by its own name only', () => {
    // @ts-expect-error There is no such preset, and the compiler knows.
    expect(() => presetVariants(presets, 'banner')).toThrow('There is no preset banner.')
    expect(() => presetVariants<Record<string, Preset>>(presets, 'toString')).toThrow(TypeError)
  })
})

test.each([
  [1, 'gallery-320'],
  [320, 'gallery-320'],
  [321, 'gallery-640'],
  [5000, 'gallery-960'],
])('for a width of %s, %s is picked', (width, id) => {
  expect(pickVariant(gallery, width).id).toBe(id)
})

test('a picture that is as wide as its place is chosen by width', () => {
  expect(toSrcset(gallery, urlOf)).toBe(
    'https://x/h/i/gallery-320 320w, https://x/h/i/gallery-640 640w, https://x/h/i/gallery-960 960w',
  )
})

test('a picture of one size is chosen by density, and none is promised that there is not', () => {
  expect(toDensitySrcset(gallery, 320, urlOf)).toBe(
    'https://x/h/i/gallery-320 1x, https://x/h/i/gallery-640 2x',
  )
  expect(toDensitySrcset(gallery, 300, urlOf)).toBe(
    'https://x/h/i/gallery-320 1.07x, https://x/h/i/gallery-640 2.13x',
  )
  expect(toDensitySrcset(gallery, 1920, urlOf)).toBe('https://x/h/i/gallery-960 0.5x')
})

test('a list of options keeps its commas in a srcset, as browsers read it', () => {
  const flexible = toSrcset([{ id: 'fit=crop,width=4', width: 4 }], urlOf)
  expect(flexible).toBe('https://x/h/i/fit=crop,width=4 4w')
  for (const url of ['a b', ',a', 'a,', ''])
    expect(() => toSrcset([{ id: 'x', width: 1 }], () => url)).toThrow(TypeError)
})

test('sizes are said in the order in which they count', () => {
  expect(toSizes([{ media: '(max-width: 640px)', size: '100vw' }], '640px')).toBe(
    '(max-width: 640px) 100vw, 640px',
  )
})
