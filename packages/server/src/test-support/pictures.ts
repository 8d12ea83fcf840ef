/** Pictures for tests of drawing: each is made here, and is the same every time. */
import { sniff } from '@lightfast/core'
import sharp from 'sharp'
import { isRaster } from '../delivery/raster-type.ts'
import type { SourcePicture } from '../gateway/renderer.ts'

export interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

/** Opens bytes as the gateway does. */
export function toPicture(bytes: Uint8Array): SourcePicture {
  const found = sniff(bytes)
  if (found.status !== 'image' || !isRaster(found.type)) throw new Error('This is no picture.')
  const { type, width, height, frames } = found
  return { bytes: new Uint8Array(bytes), type, width: width ?? 0, height: height ?? 0, frames }
}

export async function makePlain(
  width: number,
  height: number,
  background = '#406080',
): Promise<SourcePicture> {
  const create = { width, height, channels: 3 as const, background }
  return toPicture(await sharp({ create }).png().toBuffer())
}

/** A picture with something everywhere, such as a camera makes. */
export async function makeNoise(width: number, height: number): Promise<SourcePicture> {
  const data = Buffer.alloc(3 * width * height)
  for (let at = 0; at < data.length; at += 1) data[at] = (at * 7919 + ((at * at) % 251)) % 256
  const raw = { width, height, channels: 3 as const }
  return toPicture(await sharp(data, { raw }).blur(2).jpeg({ quality: 95 }).toBuffer())
}

/** One frame of each colour, as a GIF or a WebP. */
export async function makeAnimation(
  colours: readonly string[],
  format: 'gif' | 'webp' = 'gif',
): Promise<SourcePicture> {
  const frames = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 400, height: 300, channels: 4, background } })
        .png()
        .toBuffer(),
    ),
  )
  const joined = sharp(frames, { join: { animated: true } })
  const delay = colours.map(() => 80)
  return toPicture(
    await (
      format === 'gif' ? joined.gif({ delay }) : joined.webp({ delay, lossless: true })
    ).toBuffer(),
  )
}

/** An overlay of one colour. */
export async function makeOverlay(
  width: number,
  height: number,
  background = '#ff0000',
): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer()
}

/** Four bytes a pixel, whatever the file has. */
export async function readPixels(bytes: Uint8Array, page = 0): Promise<Pixels> {
  const { data, info } = await sharp(bytes, { page })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** The smallest box in which two pictures differ by more than a rounding; undefined if they do not. */
export function findDifference(one: Pixels, other: Pixels, tolerance = 2) {
  if (one.width !== other.width || one.height !== other.height) throw new Error('Not of one size.')
  let box: { left: number; top: number; right: number; bottom: number } | undefined
  for (let at = 0; at < one.data.length; at += 1) {
    if (Math.abs((one.data[at] ?? 0) - (other.data[at] ?? 0)) <= tolerance) continue
    const pixel = Math.floor(at / 4)
    const [x, y] = [pixel % one.width, Math.floor(pixel / one.width)]
    box = {
      left: Math.min(x, box?.left ?? x),
      top: Math.min(y, box?.top ?? y),
      right: Math.max(x, box?.right ?? x),
      bottom: Math.max(y, box?.bottom ?? y),
    }
  }
  return box
}
