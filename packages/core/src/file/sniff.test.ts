import { describe, expect, test } from 'vitest'
import fixture from '../../fixtures/pictures.json' with { type: 'json' }
import { sniff } from './sniff.ts'

const { pictures } = fixture

describe('sniff', () => {
  test.each([
    ['jpeg', 'image/jpeg', 60, 40, 1],
    ['progressive', 'image/jpeg', 60, 40, 1],
    ['png', 'image/png', 60, 40, 1],
    ['lossy', 'image/webp', 60, 40, 1],
    ['lossless', 'image/webp', 60, 40, 1],
    ['gif', 'image/gif', 60, 40, 1],
    ['avif', 'image/avif', 60, 40, 1],
    ['animatedGif', 'image/gif', 20, 10, 3],
    ['animatedWebp', 'image/webp', 20, 10, 3],
  ] as const)('reads type, size and frames of a %s', (name, type, width, height, count) => {
    expect(sniff(open(name))).toEqual({ status: 'image', type, width, height, frames: count })
  })

  test('forgives bytes after the end of a JPEG, as cameras write them', () => {
    const trailing = new Uint8Array([...open('jpeg'), ...new TextEncoder().encode('MotionPhoto')])
    expect(sniff(trailing)).toMatchObject({ status: 'image', width: 60 })
  })

  test('counts the frames that an animated PNG announces', () => {
    const at = 8 + 25
    const chunk = [0, 0, 0, 8, ...bytes('acTL'), 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0]
    const png = open('png')
    const apng = new Uint8Array([...png.subarray(0, at), ...chunk, ...png.subarray(at)])
    expect(sniff(apng)).toMatchObject({ type: 'image/png', frames: 5 })
  })

  test('reads a HEIC by its bytes, and takes its largest picture for its size', () => {
    expect(sniff(heic([320, 240], [4032, 3024], [512, 512]))).toEqual({
      status: 'image',
      type: 'image/heic',
      width: 4032,
      height: 3024,
      frames: 1,
    })
  })

  test.each(['noisyJpeg', 'png', 'noisyWebp', 'noisyGif', 'noisyAvif'] as const)(
    'finds out that a %s breaks off',
    (name) => {
      const whole = open(name)
      const half = whole.subarray(0, Math.floor(whole.length / 2))
      expect(sniff(half).status).toBe('damaged')
      expect(sniff(whole.subarray(0, 24)).status).toBe('damaged')
    },
  )

  test.each([
    ['image/avif', 'mif1', 'mif1avif'],
    ['image/heic', 'mif1', 'mif1heic'],
    ['image/heic', 'mif1', 'mif1'],
    ['image/heic', 'MiHB', 'MiHEheix'],
  ])('tells %s from the major brand %s with %s', (type, major, compatible) => {
    const ftyp = box('ftyp', bytes(major), 0, bytes(compatible))
    const rest = heic([64, 48]).subarray(24)
    expect(sniff(new Uint8Array([...ftyp, ...rest]))).toMatchObject({ type, width: 64 })
  })

  test('takes no film for a picture, though the container is the same', () => {
    const film = box('ftyp', bytes('isom'), 0, bytes('isomavc1mp41'))
    expect(sniff(film)).toEqual({ status: 'unknown' })
  })

  test('finds out that a HEIC has no picture', () => {
    expect(sniff(heic())).toEqual({ status: 'damaged', type: 'image/heic' })
  })

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    '\uFEFF<?xml version="1.0"?>\n<!-- drawn by hand -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg>\n</svg>\n',
    '<svg/>',
  ])('knows an SVG by its root element: %s', (text) => {
    expect(sniff(bytes(text))).toEqual({
      status: 'image',
      type: 'image/svg+xml',
      width: null,
      height: null,
      frames: 1,
    })
  })

  test('is not held up by doctypes without end', () => {
    expect(sniff(bytes('<!DOCTYPE svg [<!ENTITY a "b">]>'.repeat(100)))).toEqual({
      status: 'unknown',
    })
  })

  test('finds out that an SVG breaks off', () => {
    expect(sniff(bytes('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0'))).toMatchObject({
      status: 'damaged',
    })
  })

  test.each([
    '',
    'hello',
    '<html><svg></svg></html>',
    '{"svg": "<svg>"}',
    'RIFF....WAVE',
    'GIF99a',
  ])('does not know "%s"', (text) => {
    expect(sniff(bytes(text))).toEqual({ status: 'unknown' })
  })

  test('ends on any bytes, however they lie about their lengths', () => {
    const starts = Object.values(pictures).map((picture) => fromBase64(picture).subarray(0, 64))
    for (const start of starts) {
      for (let seed = 0; seed < 200; seed += 1) {
        const noise = Uint8Array.from({ length: 96 }, (_, at) => (seed * 31 + at * at * 7) % 256)
        const lie = new Uint8Array([...start.subarray(0, 12 + (seed % 50)), ...noise])
        expect(['image', 'damaged', 'unknown']).toContain(sniff(lie).status)
      }
    }
  })
})

function open(name: keyof typeof pictures): Uint8Array {
  return fromBase64(pictures[name])
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function box(name: string, ...content: (number | Uint8Array)[]): Uint8Array {
  const body = content.flatMap((part) => (typeof part === 'number' ? u32(part) : [...part]))
  return Uint8Array.from([...u32(body.length + 8), ...bytes(name), ...body])
}

function u32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)
}

/** The boxes of a HEIC that matter here, without any picture data. */
function heic(...sizes: [number, number][]): Uint8Array {
  const ispe = sizes.map(([width, height]) => box('ispe', 0, width, height))
  const meta = box('meta', 0, box('iprp', box('ipco', ...ispe)))
  return new Uint8Array([...box('ftyp', bytes('heic'), 0, bytes('mif1heic')), ...meta])
}
