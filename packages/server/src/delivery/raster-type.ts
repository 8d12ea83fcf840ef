import { sniff } from '@lightfast/core'
import type { ImageType } from '@lightfast/core'

/** What is made of pixels, and can be shown and decoded. A drawing can carry a script, and nobody decodes HEIC for free. */
export type RasterType = Exclude<ImageType, 'image/svg+xml' | 'image/heic'>

const rasterTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
] satisfies readonly RasterType[]

/** Asks whether a type is one of pixels. */
export function isRaster(type: string): type is RasterType {
  return rasterTypes.includes(type)
}

/** Tells the type of a picture made of pixels from its bytes. Undefined for all else. */
export function toRasterType(bytes: Uint8Array): RasterType | undefined {
  const sniffed = sniff(bytes)
  return sniffed.status === 'image' && isRaster(sniffed.type) ? sniffed.type : undefined
}
