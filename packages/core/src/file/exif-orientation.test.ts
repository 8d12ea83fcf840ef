import { expect, test } from 'vitest'
import { findOrientation } from './exif-orientation.ts'

const little = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0]
const other = [0x10, 0x01, 2, 0, 1, 0, 0, 0, 65, 0, 0, 0]
const turned = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
const big = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0]

test.each([
  ['behind another note', [...little, ...other, ...turned], { value: 6, at: 30 }],
  ['in the order of other cameras', big, { value: 8, at: 18 }],
])('an orientation is found %s', (_, bytes, found) => {
  expect(findOrientation(Uint8Array.from(bytes))).toMatchObject(found)
})

test.each([
  ['that say nothing of it', [...little.slice(0, 8), 1, 0, ...other]],
  ['that break off', [...little, ...other]],
  ['whose directory is nowhere', [...little.slice(0, 4), 255, 255, 255, 255]],
  ['that are none', []],
])('notes %s have none', (_, bytes) => {
  expect(findOrientation(Uint8Array.from(bytes))).toBeNull()
})
