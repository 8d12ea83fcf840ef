import type { Sharp } from 'sharp'
import { DEFAULT_QUALITY } from '../gateway/rendition-preset.ts'
import type { RenditionPreset } from '../gateway/rendition-preset.ts'
import type { OpenedPicture } from './open-picture.ts'

/** More would take a second for a few percent. */
const AVIF_EFFORT = 2

/** Encodes a drawn picture as its preset says. What is transparent stays so, and is white in a JPEG. */
export function encode(
  image: Sharp,
  { format = 'webp', quality = DEFAULT_QUALITY }: RenditionPreset,
  { frames, timing }: Pick<OpenedPicture, 'frames' | 'timing'>,
): Sharp {
  const motion = frames > 1 ? timing : {}
  switch (format) {
    case 'webp':
      return image.webp({ quality, ...motion })
    case 'jpeg':
      return image.flatten({ background: '#ffffff' }).jpeg({ quality })
    case 'png':
      return image.png()
    case 'avif':
      return image.avif({ quality, effort: AVIF_EFFORT })
    case 'gif':
      return image.gif({ ...motion })
    default:
      return format satisfies never
  }
}
