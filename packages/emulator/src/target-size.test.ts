import { describe, expect, test } from 'vitest'
import { targetSize } from './target-size.ts'

describe('a picture of 1080 x 720', () => {
  test.each([
    ['scale-down', { width: 2000, height: 2000 }, 1080, 720],
    ['scale-down', { width: 500, height: 500 }, 500, 333],
    ['scale-down', { height: 360 }, 540, 360],
    ['scale-up', { width: 500, height: 500 }, 1080, 720],
    ['scale-up', { width: 2160, height: 2160 }, 2160, 1440],
    ['contain', { width: 2160 }, 2160, 1440],
    ['cover', { width: 500, height: 500 }, 500, 500],
    ['cover', { width: 500 }, 500, 333],
    ['crop', { width: 1296, height: 1296 }, 1080, 720],
    ['crop', { width: 1296, height: 100 }, 1080, 100],
    ['aspect-crop', { width: 500, height: 500 }, 500, 500],
    ['pad', { width: 1080, height: 1080 }, 1080, 1080],
    ['squeeze', { width: 1080, height: 540 }, 1080, 540],
    ['scale-down', {}, 1080, 720],
    ['scale-down', { width: 1, height: 1 }, 1, 1],
  ] as const)('by %s into %o measures %i x %i', (fit, sides, width, height) => {
    expect(targetSize({ width: 1080, height: 720 }, { fit, ...sides })).toEqual({ width, height })
  })
})

test('crops to an aspect as the documents’ own example', () => {
  const size = targetSize(
    { width: 612, height: 613 },
    { fit: 'aspect-crop', width: 1920, height: 1120 },
  )
  expect(size).toEqual({ width: 612, height: 357 })
})
