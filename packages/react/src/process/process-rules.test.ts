import { defaultFilePolicy } from '@lightfast/core'
import type { ImageFacts } from '@lightfast/core'
import { expect, it } from 'vitest'
import { defaultRules, planProcess, widenPolicy } from './process-rules.ts'
import type { ProcessPlan, ProcessRules } from './process-rules.ts'

const photo: ImageFacts = { type: 'image/jpeg', width: 6000, height: 4000, frames: 1 }
const leave = { how: 'leave' } as const

const rows: readonly [
  name: string,
  facts: Partial<ImageFacts>,
  sizeBytes: number,
  rules: Partial<ProcessRules>,
  plan: ProcessPlan,
][] = [
  ['a photo that fits', {}, 1000, {}, leave],
  ['a photo as large as may be', {}, 1000, { maxSide: 6000 }, leave],
  ['a longer side', {}, 1000, { maxSide: 5999 }, { how: 'redraw', type: 'image/jpeg' }],
  ['a taller side', { width: 10 }, 1000, { maxSide: 99 }, { how: 'redraw', type: 'image/jpeg' }],
  ['too many bytes', {}, 10_000_001, {}, { how: 'redraw', type: 'image/jpeg' }],
  ['another type', {}, 9, { type: 'image/webp' }, { how: 'redraw', type: 'image/webp' }],
  ['a PNG', { type: 'image/png' }, 9, { maxSide: 9 }, { how: 'redraw', type: 'image/png' }],
  ['an animated WebP', { type: 'image/webp', frames: 2 }, 9, { maxSide: 9 }, leave],
  ['an animated PNG', { type: 'image/png', frames: 2 }, 9, { maxSide: 9 }, leave],
  ['a GIF', { type: 'image/gif' }, 99_000_000, { maxSide: 9 }, leave],
  ['a drawing', { type: 'image/svg+xml', width: null }, 9, { maxSide: 9 }, leave],
  ['HEIC', { type: 'image/heic' }, 9, {}, { how: 'convert', type: 'image/jpeg' }],
  ['AVIF', { type: 'image/avif' }, 9, {}, { how: 'convert', type: 'image/webp' }],
  [
    'HEIC as',
    { type: 'image/heic' },
    9,
    { type: 'image/webp' },
    { how: 'convert', type: 'image/webp' },
  ],
]

it.each(rows)('decides about %s', (_, facts, sizeBytes, rules, plan) => {
  const decided = planProcess({ ...photo, ...facts }, sizeBytes, { ...defaultRules, ...rules })
  expect(decided).toEqual(plan)
})

it('lets more be picked where it can be made to fit', () => {
  expect(widenPolicy(defaultFilePolicy, defaultRules)).toEqual({
    ...defaultFilePolicy,
    maxBytes: 50_000_000,
    maxDimension: 32_000,
  })
})

it('promises nothing that an app’s own policy would refuse afterwards', () => {
  const strict = { ...defaultFilePolicy, maxBytes: 1_000_000, maxDimension: 1000 }
  expect(widenPolicy(strict, defaultRules)).toEqual(strict)
})
