import { checkFile, defaultFilePolicy, sniff } from '@lightfast/core'
import type { FilePolicy, ImageFacts } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { drawQuarters, look, takeQuarters } from '../test-support/quarter-photo.ts'
import { createImageProcessor } from './create-image-processor.ts'
import type { ImageProcessorOptions } from './create-image-processor.ts'
import { readOrientation } from './exif.ts'
import { readJpegExif } from './strip-jpeg.ts'

const upright = ['blue', 'red', 'black', 'green']
const signal = new AbortController().signal

async function readFacts(file: Blob): Promise<ImageFacts> {
  const found = sniff(new Uint8Array(await file.arrayBuffer()))
  if (found.status !== 'image') throw new Error('This is no picture.')
  return found
}

async function process(file: Blob, options: ImageProcessorOptions = {}): Promise<Blob | null> {
  const facts = await readFacts(file)
  return createImageProcessor(options)(file, facts, { signal, name: 'cat.jpg' })
}

async function processed(file: Blob, options: ImageProcessorOptions = {}): Promise<Blob> {
  const made = await process(file, options)
  if (made === null) throw new Error('Nothing was made of it.')
  return made
}

const readText = async (blob: Blob): Promise<string> =>
  new TextDecoder('latin1').decode(await blob.arrayBuffer())

async function decode(): Promise<ImageBitmap> {
  return createImageBitmap(await drawQuarters(400, 200, 'image/jpeg'))
}

async function judge(file: Blob, rules: FilePolicy): Promise<string> {
  return checkFile(new Uint8Array(await file.arrayBuffer()), rules).status
}

describe('createImageProcessor, in Chromium', () => {
  it('makes a photo of 24 megapixels small, upright and placeless', async () => {
    const photo = await takeQuarters(6000, 4000)
    expect(await readText(photo)).toContain('Lightfast')
    const made = await processed(photo, { maxSide: 1500 })
    expect(await look(made)).toEqual({ width: 1000, height: 1500, quarters: upright })
    expect(made.size).toBeLessThan(photo.size)
    expect(made.type).toBe('image/jpeg')
    const text = await readText(made)
    expect(text).not.toContain('Exif')
    expect(text).not.toContain('Lightfast')
  })

  it('removes the place of a photo that fits without drawing it anew', async () => {
    const photo = await takeQuarters(80, 60)
    const made = await processed(photo)
    expect(await look(made)).toEqual(await look(photo))
    expect(await look(made)).toMatchObject({ width: 60, height: 80, quarters: upright })
    expect(await readText(made)).not.toContain('Lightfast')
  })

  it('keeps the place when it is told so, and turns the notes with the picture', async () => {
    const photo = await takeQuarters(800, 600)
    expect(await process(photo, { keepLocation: true })).toBeNull()
    const made = await processed(photo, { keepLocation: true, maxSide: 80 })
    expect(await look(made)).toEqual({ width: 60, height: 80, quarters: upright })
    const notes = readJpegExif(new Uint8Array(await made.arrayBuffer()))
    expect(notes && readOrientation(notes)).toBe(1)
    expect(await readText(made)).toContain('Lightfast')
  })

  it.each(['image/png', 'image/webp'])('keeps what is transparent in a %s', async (type) => {
    const picture = await drawQuarters(400, 200, type)
    const made = await processed(picture, { maxSide: 100 })
    expect(made.type).toBe(type)
    const quarters = ['red', 'green', 'blue', 'nothing']
    expect(await look(made)).toEqual({ width: 100, height: 50, quarters })
  })

  it('makes no JPEG of what is transparent', async () => {
    const picture = await drawQuarters(400, 200, 'image/png')
    const made = await processed(picture, { maxSide: 100, type: 'image/jpeg' })
    expect(made.type).toBe('image/webp')
    expect((await look(made)).quarters).toContain('nothing')
  })

  it('never makes a file larger than it was, nor a picture', async () => {
    const tiny = await drawQuarters(16, 16, 'image/png')
    expect(await process(tiny, { type: 'image/webp', quality: 1, maxSide: 9000 })).toBeNull()
    const photo = await takeQuarters(80, 60)
    const made = await processed(photo, { type: 'image/png', maxSide: 9000 })
    expect(made instanceof File && made.name).toBe('cat.png')
    expect(made.size).toBeLessThan(photo.size)
    expect(await look(made)).toMatchObject({ width: 60, height: 80 })
  })

  it('makes smaller and smaller what has too many bytes', async () => {
    const noise = await makeNoise(800, 600)
    const made = await processed(noise, { maxBytes: 40_000 })
    expect(noise.size).toBeGreaterThan(200_000)
    expect(made.size).toBeLessThanOrEqual(40_000)
    expect(await readFacts(made)).toMatchObject({ type: 'image/png' })
  })

  it('finds nothing to do the second time, as with a draft of an earlier visit', async () => {
    const rules = { maxSide: 100, maxBytes: 100_000 }
    const made = await processed(await takeQuarters(800, 600), rules)
    expect(await process(made, rules)).toBeNull()
  })

  it.each([
    ['gif', gif()],
    ['svg', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' })],
  ])('leaves a %s alone', async (_, file) => {
    expect(await process(file, { maxSide: 1, maxBytes: 1 })).toBeNull()
  })

  it('decodes what the browser cannot by what it is handed', async () => {
    const heic = new Blob(['no browser here reads this'], { type: 'image/heic' })
    const facts = { type: 'image/heic', width: 400, height: 200, frames: 1 } as const
    const made = await createImageProcessor({ decode, maxSide: 100 })(heic, facts, {
      signal,
      name: 'cat.heic',
    })
    expect(made?.type).toBe('image/jpeg')
    expect(made instanceof File && made.name).toBe('cat.jpg')
    expect(made?.size).toBeGreaterThan(heic.size)
    const quarters = ['red', 'green', 'blue', 'black']
    expect(made && (await look(made))).toEqual({ width: 100, height: 50, quarters })
  })

  it('leaves HEIC to the policy where nobody can decode it', async () => {
    const heic = new Blob(['no browser here reads this'], { type: 'image/heic' })
    const facts = { type: 'image/heic', width: 400, height: 200, frames: 1 } as const
    expect(await createImageProcessor()(heic, facts, { signal, name: 'cat.heic' })).toBeNull()
  })

  it('ends at once when nobody waits any more', async () => {
    const photo = await takeQuarters(3000, 2000)
    const controller = new AbortController()
    const processor = createImageProcessor({ maxSide: 100 })
    const options = { signal: controller.signal, name: 'cat.jpg' }
    const given = processor(photo, await readFacts(photo), options)
    const next = processor(photo, await readFacts(photo), { signal, name: 'next.jpg' })
    controller.abort(new Error('off the list'))
    await expect(given).rejects.toThrow('off the list')
    expect(await look((await next) ?? photo)).toMatchObject({ width: 67, height: 100 })
  })

  it('lets a photo be picked that is too large, and makes it fit', async () => {
    const processor = createImageProcessor({ maxSide: 100, maxBytes: 20_000 })
    const photo = await takeQuarters(800, 600)
    const whole = { ...defaultFilePolicy, maxBytes: 20_000, maxDimension: 100 }
    expect(await judge(photo, whole)).toBe('refused')
    expect(await judge(photo, { ...whole, ...processor.toPickPolicy?.(whole) })).toBe('accepted')
    expect(await judge(await processed(photo, { maxSide: 100, maxBytes: 20_000 }), whole)).toBe(
      'accepted',
    )
  })
})

/** One pixel. */
function gif(): Blob {
  const base64 = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
  return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))])
}

/** What no format packs well. The same every time. */
async function makeNoise(width: number, height: number): Promise<Blob> {
  const pixels = new ImageData(width, height)
  let seed = 1
  for (let at = 0; at < pixels.data.length; at += 1) {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    pixels.data[at] = at % 4 === 3 ? 255 : seed & 255
  }
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  return canvas.convertToBlob({ type: 'image/png' })
}
