import type { Sharp } from 'sharp'
import type { Encoding } from '../pixels.ts'
import type { Timing } from './sharp-frames.ts'

/** What is written besides the pixels. */
export interface Extras {
  readonly copyright?: string | undefined
  readonly timing?: Timing
}

/** Encodes a drawn picture. */
export function encode(image: Sharp, encoding: Encoding, { copyright, timing }: Extras): Sharp {
  const { type, quality, progressive, palette } = encoding
  switch (type) {
    case 'image/avif':
      return image.avif({ quality, effort: 2 })
    case 'image/webp':
      return image.webp({ quality, lossless: quality === 100, ...timing })
    case 'image/jpeg':
      return keep(image, encoding, copyright).jpeg({ quality, progressive })
    case 'image/png':
      return palette ? image.png({ palette, quality }) : image.png()
    case 'image/gif':
      return image.gif({ ...timing })
    default:
      return type satisfies never
  }
}

function keep(image: Sharp, { metadata }: Encoding, copyright: string | undefined): Sharp {
  if (metadata === 'keep') return image.keepMetadata()
  return copyright ? image.withExif({ IFD0: { Copyright: copyright } }) : image
}
