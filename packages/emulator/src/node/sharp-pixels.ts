import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { targetSize } from '../target-size.ts'
import type { Fit, Picture, Pixels, Resize } from '../pixels.ts'
import type { Size } from '../target-size.ts'

/** Limit of decoding, https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_PIXELS = 100_000_000

/** Creates the pixels port on sharp: upright by EXIF, all frames of an animation, quality 85. */
export function createSharpPixels(): Pixels {
  return {
    async inspect(bytes) {
      try {
        return await inspect(bytes)
      } catch {
        return undefined
      }
    },
    async resize(bytes, resize) {
      const size = targetSize(await measure(bytes), resize)
      const fitted = keep(fit(open(bytes), resize.fit, size), resize)
      return new Uint8Array(await encode(fitted, resize.type).toBuffer())
    },
  }
}

const open = (bytes: Uint8Array): Sharp =>
  sharp(bytes, {
    animated: true,
    autoOrient: true,
    failOn: 'truncated',
    limitInputPixels: MAX_PIXELS,
  })

async function inspect(bytes: Uint8Array): Promise<Picture> {
  const picture = await measure(bytes)
  if (picture.width * picture.height * picture.frames <= MAX_PIXELS) await decode(bytes)
  return picture
}

/** Reads the header only; the frames of an animation are stacked, so its height is that of a page. */
async function measure(bytes: Uint8Array): Promise<Picture> {
  const facts = await sharp(bytes, { animated: true, limitInputPixels: false }).metadata()
  const { width, height } = facts.autoOrient
  return { width, height: facts.pageHeight ?? height, frames: facts.pages ?? 1 }
}

/** Reads every pixel: a cut file has a sound header and fails only here. */
async function decode(bytes: Uint8Array): Promise<void> {
  await open(bytes).resize({ width: 1 }).raw().toBuffer()
}

/** The size is exact, so that rounding is ours and not the library's. */
function fit(image: Sharp, fit: Fit, size: Size): Sharp {
  if (fit === 'pad') return image.resize({ ...size, fit: 'contain', background: '#ffffff' })
  return image.resize({ ...size, fit: fit === 'cover' || fit === 'crop' ? 'cover' : 'fill' })
}

/** WebP and PNG always lose their metadata, as in production. */
const keep = (image: Sharp, { metadata, type }: Resize): Sharp =>
  metadata === 'keep' && type === 'image/jpeg' ? image.keepMetadata() : image

function encode(image: Sharp, type: Resize['type']): Sharp {
  switch (type) {
    case 'image/avif':
      return image.avif({ quality: 85, effort: 2 })
    case 'image/webp':
      return image.webp({ quality: 85 })
    case 'image/jpeg':
      return image.jpeg({ quality: 85 })
    case 'image/png':
      return image.png()
    case 'image/gif':
      return image.gif()
    default:
      return type satisfies never
  }
}
