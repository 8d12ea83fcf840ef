import sharp from 'sharp'
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash'
import { expect, test } from 'vitest'
import { createThumbhash } from './create-thumbhash.ts'

const toThumbhash = createThumbhash()

async function paint(
  size: { readonly width: number; readonly height: number },
  background: string,
) {
  const create = { ...size, channels: 4, background } as const
  return new Uint8Array(await sharp({ create }).png().toBuffer())
}

test('a likeness is some 25 bytes, and has the colour and the shape of the picture', async () => {
  const hash = Buffer.from(
    await toThumbhash(await paint({ width: 800, height: 400 }, '#c81e1e')),
    'base64',
  )
  expect(hash.byteLength).toBeLessThanOrEqual(30)
  const { r, g, b, a } = thumbHashToAverageRGBA(hash)
  expect(r).toBeCloseTo(0.78, 1)
  expect(g).toBeCloseTo(0.12, 1)
  expect(b).toBeCloseTo(0.12, 1)
  expect(a).toBe(1)
  expect(thumbHashToApproximateAspectRatio(hash)).toBeGreaterThan(1.3)
})

test('a picture that was turned by its camera is upright', async () => {
  const turned = await sharp(await paint({ width: 400, height: 100 }, 'red'))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const hash = Buffer.from(await toThumbhash(new Uint8Array(turned)), 'base64')
  expect(thumbHashToApproximateAspectRatio(hash)).toBeLessThan(1)
})

test('a picture with holes has a likeness with holes', async () => {
  const hash = Buffer.from(
    await toThumbhash(await paint({ width: 10, height: 10 }, '#ff000000')),
    'base64',
  )
  expect(thumbHashToAverageRGBA(hash).a).toBeCloseTo(0, 1)
})

test.each([
  { width: 1, height: 1 },
  { width: 3000, height: 1 },
  { width: 1, height: 3000 },
])('has one for %j', async (size) => {
  expect(await toThumbhash(await paint(size, 'blue'))).toMatch(/^[A-Za-z\d+/]{6,64}={0,2}$/)
})

test('refuses what is damaged or too large by its own failure', async () => {
  const whole = await paint({ width: 20, height: 20 }, 'red')
  await expect(toThumbhash(whole.slice(0, 60))).rejects.toMatchObject({ code: 'file_damaged' })
  await expect(createThumbhash({ maxPixels: 100 })(whole)).rejects.toMatchObject({
    code: 'pixels_too_many',
  })
  expect(() => createThumbhash({ maxPixels: 0 })).toThrow(RangeError)
})
