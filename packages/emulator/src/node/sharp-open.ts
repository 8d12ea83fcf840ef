import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Picture, Resize } from '../pixels.ts'

/** Describes pixels without a file format. */
export interface Raw {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
}

/** Pixels, and a picture to go on with. */
export interface Settled {
  readonly data: Buffer
  readonly raw: Raw
  readonly image: Sharp
}

/** Limit of decoding: https://developers.cloudflare.com/images/get-started/limits/ */
export const MAX_PIXELS = 100_000_000

/** Opens a picture upright; a file that ends early is refused. */
export const openPicture = (bytes: Uint8Array, frames: Resize['frames']): Sharp =>
  sharp(bytes, {
    animated: frames === 'all',
    autoOrient: true,
    failOn: 'truncated',
    limitInputPixels: MAX_PIXELS,
  })

/** Reads the header only; the frames of an animation are stacked, so its height is that of a page. */
export async function measure(bytes: Uint8Array): Promise<Picture> {
  const facts = await sharp(bytes, { animated: true, limitInputPixels: false }).metadata()
  const { width, height } = facts.autoOrient
  return { width, height: facts.pageHeight ?? height, frames: facts.pages ?? 1 }
}

/** Makes every pixel now, so that what was asked before is done before what is asked after. */
export async function settle(image: Sharp): Promise<Settled> {
  const { data, info } = await image
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  return { data, raw, image: sharp(data, { raw }) }
}
