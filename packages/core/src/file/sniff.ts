import type { ImageType } from '../image.ts'
import type { ImageFacts, Reader } from './image-facts.ts'
import { readBmff } from './read-bmff.ts'
import { readGif } from './read-gif.ts'
import { readJpeg } from './read-jpeg.ts'
import { readPng } from './read-png.ts'
import { readSvg } from './read-svg.ts'
import { readWebp } from './read-webp.ts'

/** `damaged`: it begins as this type and then breaks off or contradicts itself. */
export type Sniffed =
  | ({ readonly status: 'image' } & ImageFacts)
  | { readonly status: 'damaged'; readonly type: ImageType }
  | { readonly status: 'unknown' }

const readers: readonly Reader[] = [readJpeg, readPng, readWebp, readGif, readBmff, readSvg]

/**
 * Tells type, dimensions and frames from a file's bytes, without decoding a pixel.
 * A file that breaks off early is found out, so that no slot is spent on it.
 */
export function sniff(bytes: Uint8Array): Sniffed {
  for (const read of readers) {
    const found = read(bytes)
    if (found === undefined) continue
    return 'damaged' in found
      ? { status: 'damaged', type: found.damaged }
      : { status: 'image', ...found }
  }
  return { status: 'unknown' }
}
