import { expect, test } from 'vitest'
import { readOrientation } from './read-orientation.ts'

test.each(['little', 'big'] as const)('reads a JPEG whose EXIF is %s-endian', (order) => {
  expect(readOrientation(toJpeg(toTiff(6, order)), 'image/jpeg')).toBe(6)
})

test('reads a PNG and a WebP, the latter with a name before its EXIF or without', () => {
  const tiff = toTiff(8, 'big')
  expect(readOrientation(toPng(tiff), 'image/png')).toBe(8)
  expect(readOrientation(toWebp(tiff), 'image/webp')).toBe(8)
  expect(readOrientation(toWebp([...NAME, ...tiff]), 'image/webp')).toBe(8)
})

test('takes what says nothing for upright', () => {
  expect(readOrientation(Uint8Array.from([0xff, 0xd8, 0xff, 0xda]), 'image/jpeg')).toBe(1)
  expect(readOrientation(toPng([]), 'image/gif')).toBe(1)
  expect(readOrientation(new Uint8Array(), 'image/webp')).toBe(1)
})

test('takes a file that breaks off, or runs in a circle, for upright', () => {
  const whole = toJpeg(toTiff(6, 'little'))
  // The value of the tag is four bytes before the end.
  for (let length = 0; length < whole.length - 4; length += 1) {
    expect(readOrientation(whole.slice(0, length), 'image/jpeg')).toBe(1)
  }
  const endless = toPng([])
  endless.set([0xff, 0xff, 0xff, 0xf4], 8)
  expect(readOrientation(endless, 'image/png')).toBe(1)
})

const NAME = [0x45, 0x78, 0x69, 0x66, 0, 0]

/** One directory with two tags, of which the second tells the orientation. */
function toTiff(orientation: number, order: 'little' | 'big'): number[] {
  const little = order === 'little'
  const view = new DataView(new ArrayBuffer(34))
  view.setUint16(0, little ? 0x4949 : 0x4d4d)
  view.setUint16(2, 42, little)
  view.setUint32(4, 8, little)
  view.setUint16(8, 2, little)
  for (const [at, tag, value] of [
    [10, 0x0100, 5],
    [22, 0x0112, orientation],
  ] as const) {
    view.setUint16(at, tag, little)
    view.setUint16(at + 2, 3, little)
    view.setUint32(at + 4, 1, little)
    view.setUint16(at + 8, value, little)
  }
  return [...new Uint8Array(view.buffer)]
}

/** Another segment comes first. */
const START = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2]

function toJpeg(tiff: readonly number[]): Uint8Array {
  const length = 2 + NAME.length + tiff.length
  return Uint8Array.from([...START, 0xff, 0xe1, 0, length, ...NAME, ...tiff])
}

function toPng(tiff: readonly number[]): Uint8Array {
  const chunk = [0, 0, 0, tiff.length, ...toCodes('eXIf'), ...tiff, 0, 0, 0, 0]
  return Uint8Array.from([
    ...toCodes('\x89PNG\r\n\x1a\n'),
    0,
    0,
    0,
    1,
    ...toCodes('tEXt'),
    7,
    0,
    0,
    0,
    0,
    ...chunk,
  ])
}

/** A chunk of an odd length comes first. */
function toWebp(exif: readonly number[]): Uint8Array {
  const head = [...toCodes('RIFF'), 0, 0, 0, 0, ...toCodes('WEBP')]
  const first = [...toCodes('VP8X'), 1, 0, 0, 0, 7, 0]
  const last = [...toCodes('EXIF'), exif.length, 0, 0, 0, ...exif]
  return Uint8Array.from([...head, ...first, ...last])
}

const toCodes = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0))
