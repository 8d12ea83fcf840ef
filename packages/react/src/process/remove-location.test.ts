import { sniff } from '@lightfast/core'
import type { ImageType } from '@lightfast/core'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { concat, fromText } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { readOrientation } from './exif.ts'
import { removeLocation } from './remove-location.ts'
import { addJpegExif, readJpegExif } from './strip-jpeg.ts'

const formats = [
  ['image/jpeg', 'jpeg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
] as const

const exif = {
  IFD0: { Make: 'Lightfast', Copyright: 'Ada Lovelace' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W' },
}

/** A picture as a phone leaves it: on its side, with a place and a maker. */
async function takePhoto(format: 'jpeg' | 'png' | 'webp', orientation = 6): Promise<Bytes> {
  const background = { r: 200, g: 40, b: 40, alpha: 0.5 }
  const canvas = sharp({ create: { width: 40, height: 20, channels: 4, background } })
  const photo = canvas.withExif(exif).withMetadata({ orientation }).withXmp(xmp)
  return new Uint8Array(await photo.toFormat(format).toBuffer())
}

const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><place xmlns="urn:x">51.5,-0.1</place></x:xmpmeta>'

const readPixels = (bytes: Bytes): Promise<Buffer> => sharp(bytes).raw().toBuffer()
const toLatin = (bytes: Bytes): string => Buffer.from(bytes).toString('latin1')

describe.each(formats)('removeLocation of a %s', (type, format) => {
  it('removes place, maker and XMP', async () => {
    const before = await takePhoto(format)
    expect(toLatin(before)).toContain('Lightfast')
    const after = toLatin(removeLocation(before, type))
    for (const trace of ['Lightfast', 'Ada', 'GPS', 'xmpmeta']) expect(after).not.toContain(trace)
  })

  it('touches no pixel and keeps which way is up', async () => {
    const before = await takePhoto(format)
    const after = removeLocation(before, type)
    expect(await readPixels(after)).toEqual(await readPixels(before))
    const { orientation, width, height } = await sharp(after).metadata()
    expect({ orientation, width, height }).toEqual({ orientation: 6, width: 40, height: 20 })
  })

  it('leaves no note at all of a picture that is upright', async () => {
    const after = removeLocation(await takePhoto(format, 1), type)
    expect((await sharp(after).metadata()).exif).toBeUndefined()
  })

  it('finds nothing more to remove the second time', async () => {
    const after = removeLocation(await takePhoto(format, 1), type)
    expect(removeLocation(after, type)).toBe(after)
  })

  it('keeps the colour profile', async () => {
    const picture = sharp(await takePhoto(format)).withIccProfile('p3')
    const before = new Uint8Array(await picture.toFormat(format).toBuffer())
    const { icc } = await sharp(removeLocation(before, type)).metadata()
    expect(icc).toEqual((await sharp(before).metadata()).icc)
    expect(icc).toBeDefined()
  })

  it('cuts off what hangs behind the end', async () => {
    const before = await takePhoto(format)
    const after = removeLocation(concat([before, fromText('ftypmp42 51.5,-0.1')]), type)
    expect(toLatin(after)).not.toContain('ftypmp42')
    expect(await readPixels(after)).toEqual(await readPixels(before))
  })

  it('never throws, wherever the file breaks off', async () => {
    const whole = await takePhoto(format)
    for (let length = 0; length < whole.length; length += 1) {
      removeLocation(whole.slice(0, length), type)
    }
  })
})

it('walks through every scan of a progressive JPEG', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const create = { width: 200, height: 200, channels: 3, background: '#000', noise } as const
  const picture = sharp({ create }).withExif(exif).jpeg({ progressive: true })
  const before = new Uint8Array(await picture.toBuffer())
  const after = removeLocation(before, 'image/jpeg')
  expect(toLatin(after)).not.toContain('Lightfast')
  expect(await readPixels(after)).toEqual(await readPixels(before))
})

const makeFrame = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 4, background } })
    .png()
    .toBuffer()

it('keeps every frame and pause of an animation', async () => {
  const film = sharp([await makeFrame('#f00'), await makeFrame('#0f0')], {
    join: { animated: true },
  })
  const webp = film.webp({ lossless: true, delay: [70, 90] }).withExif(exif)
  const after = removeLocation(new Uint8Array(await webp.toBuffer()), 'image/webp')
  expect(toLatin(after)).not.toContain('Lightfast')
  const { pages, delay } = await sharp(after).metadata()
  expect({ pages, delay }).toEqual({ pages: 2, delay: [70, 90] })
})

it.each<ImageType>(['image/gif', 'image/svg+xml'])('leaves %s alone', (type) => {
  const bytes = fromText('GIF89a')
  expect(removeLocation(bytes, type)).toBe(bytes)
})

it('carries notes over to a picture that was turned upright', async () => {
  const notes = readJpegExif(await takePhoto('jpeg'))
  const plain = removeLocation(await takePhoto('jpeg', 1), 'image/jpeg')
  if (notes === null) throw new Error('There are notes')
  const carried = addJpegExif(plain, notes)
  expect(sniff(carried)).toMatchObject({ status: 'image', width: 40 })
  expect((await sharp(carried).metadata()).orientation).toBe(6)
})

it.each([
  ['nothing', []],
  ['another kind of file', [...fromText('GIF89a, and so on')]],
  ['a directory beyond the end', [0x49, 0x49, 42, 0, 255, 255, 0, 0]],
])('takes notes that are %s for upright', (_, bytes) => {
  expect(readOrientation(Uint8Array.from(bytes))).toBe(1)
})
