import { describe, expect, test } from 'vitest'
import fixture from '../../fixtures/pictures.json' with { type: 'json' }
import { checkFile, defaultFilePolicy } from './policy.ts'

const jpeg = Uint8Array.from(atob(fixture.pictures.jpeg), (letter) => letter.charCodeAt(0))

/** A GIF header and one empty image: enough to tell a size, without the pixels. */
function gif(width: number, height: number, frames = 1): Uint8Array {
  const frame = [0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 2, 0]
  const head = [...new TextEncoder().encode('GIF89a'), ...u16(width), ...u16(height), 0, 0, 0]
  return Uint8Array.from([...head, ...Array.from({ length: frames }, () => frame).flat(), 0x3b])
}

const u16 = (value: number) => [value % 256, Math.floor(value / 256)]

const code = (bytes: Uint8Array, policy = defaultFilePolicy) => {
  const check = checkFile(bytes, policy)
  return check.status === 'refused' ? check.failure.code : check.status
}

describe('checkFile', () => {
  test('accepts a photograph and tells its facts', () => {
    expect(checkFile(jpeg)).toEqual({
      status: 'accepted',
      facts: { type: 'image/jpeg', width: 60, height: 40, frames: 1 },
    })
  })

  test('refuses an empty file', () => {
    expect(code(new Uint8Array())).toBe('file_empty')
  })

  test('refuses a text, whatever its name says', () => {
    expect(code(new TextEncoder().encode('not a picture'))).toBe('file_type_unsupported')
  })

  test('refuses a truncated JPEG', () => {
    expect(code(jpeg.subarray(0, jpeg.length - 2))).toBe('file_damaged')
  })

  test('names the size and the limit of a file that is too large', () => {
    const large = new Uint8Array(40_000_000)
    large.set(jpeg)
    expect(checkFile(large)).toMatchObject({
      status: 'refused',
      failure: { code: 'file_too_large', measure: { actual: 40_000_000, limit: 10_000_000 } },
    })
  })

  test('names the side and the limit of a picture with too many pixels', () => {
    expect(checkFile(gif(20_000, 10))).toMatchObject({
      failure: { code: 'dimensions_too_large', measure: { actual: 20_000, limit: 12_000 } },
    })
  })

  test('refuses an area over 100 megapixels', () => {
    expect(code(gif(12_000, 12_000))).toBe('pixels_too_many')
  })

  test('refuses an animation whose frames add up to more', () => {
    expect(code(gif(5000, 5000, 4))).toBe('accepted')
    expect(code(gif(5000, 5000, 5))).toBe('animation_too_large')
  })

  test('takes HEIC only from an app that asks for it, and then never mind the browser’s empty type', () => {
    const type = new TextEncoder().encode('____ftypheic____mif1')
    expect(code(type)).toBe('file_type_unsupported')
    expect(code(type, { ...defaultFilePolicy, types: ['image/heic'] })).toBe('file_damaged')
  })

  test('lets an app ask for less', () => {
    expect(code(jpeg, { ...defaultFilePolicy, maxBytes: 10 })).toBe('file_too_large')
    expect(code(jpeg, { ...defaultFilePolicy, types: ['image/png'] })).toBe('file_type_unsupported')
    expect(code(jpeg, { ...defaultFilePolicy, maxDimension: 59 })).toBe('dimensions_too_large')
  })
})
