import type { ImageType } from '@lightfast/core'
import type { Bytes } from './bytes.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'
import { stripWebp } from './strip-webp.ts'

const strips: Partial<Record<ImageType, (bytes: Bytes) => Bytes>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
}

/**
 * Removes where a picture was taken, and with it all else that a camera or a program noted in the file.
 * No pixel is touched. The same bytes come back when there is nothing to remove, and for GIF and SVG.
 */
export function removeLocation(bytes: Bytes, type: ImageType): Bytes {
  return strips[type]?.(bytes) ?? bytes
}
