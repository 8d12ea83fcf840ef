import { draw } from './sharp-draw.ts'
import { encode } from './sharp-encode.ts'
import { drawFrames, needsFrames } from './sharp-frames.ts'
import { findContent } from './sharp-content.ts'
import { readCopyright } from './sharp-copyright.ts'
import { MAX_PIXELS, measure, openPicture } from './sharp-open.ts'
import type { Sharp } from 'sharp'
import type { Picture, Pixels, Resize } from '../pixels.ts'

/**
 * Twice the threads of libuv's pool: while a render is between two steps in JavaScript, another one takes its
 * thread. Those that wait for a thread hold no decoded pixels, so memory is bounded by the threads.
 */
const CONCURRENCY = 8

/** Creates the pixels port on sharp: upright by EXIF, all frames of an animation. */
export function createSharpPixels(): Pixels {
  return {
    concurrency: CONCURRENCY,
    findContent,
    resize,
    async inspect(bytes) {
      try {
        return await inspect(bytes)
      } catch {
        return undefined
      }
    },
  }
}

async function inspect(bytes: Uint8Array): Promise<Picture> {
  const picture = await measure(bytes)
  if (picture.width * picture.height * picture.frames <= MAX_PIXELS) await decode(bytes)
  return picture
}

/** Reads every pixel: a cut file has a sound header and fails only here. */
async function decode(bytes: Uint8Array): Promise<void> {
  await openPicture(bytes, 'all').resize({ width: 1 }).raw().toBuffer()
}

async function resize(bytes: Uint8Array, plan: Resize): Promise<Uint8Array<ArrayBuffer>> {
  const { encoding } = plan
  const wantsCopyright = encoding.type === 'image/jpeg' && encoding.metadata === 'copyright'
  const copyright = wantsCopyright ? await readCopyright(bytes) : undefined
  if (!needsFrames(plan)) {
    const image = await draw(openPicture(bytes, plan.frames), plan)
    return toBytes(encode(image, encoding, { copyright }))
  }
  const { image, timing } = await drawFrames(bytes, plan)
  return toBytes(encode(image, encoding, { timing }))
}

/** The memory is sharp's own, so nothing else is in it. */
async function toBytes(image: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, length } = await image.toBuffer()
  const whole = buffer instanceof ArrayBuffer ? buffer : new Uint8Array(buffer).slice().buffer
  return new Uint8Array(whole, byteOffset, length)
}
