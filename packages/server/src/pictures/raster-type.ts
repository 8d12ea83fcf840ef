import { sniff } from '@lightfast/core'

const rasterTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
]

/** Tells the type of a picture made of pixels from its bytes. Undefined for all else: a drawing can carry a script. */
export function toRasterType(bytes: Uint8Array): string | undefined {
  const sniffed = sniff(bytes)
  return sniffed.status === 'image' && rasterTypes.includes(sniffed.type) ? sniffed.type : undefined
}
