import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Size } from '../gateway/fit-picture.ts'

/** Pixels of four channels, without a file format. */
export interface Pixels extends Size {
  readonly data: Buffer
}

/** Draws what was asked of a picture so far, so that what is asked next comes after it. */
export async function settle(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Opens pixels to go on with. */
export function openPixels({ data, ...size }: Pixels): Sharp {
  return sharp(data, { raw: toRaw(size) })
}

/** Describes pixels, as sharp wants to be told. */
export function toRaw({ width, height }: Size): Size & { readonly channels: 4 } {
  return { width, height, channels: 4 }
}
