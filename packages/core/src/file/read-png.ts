import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { DamagedFile, ImageFacts } from './image-facts.ts'

const SIGNATURE = '\x89PNG\r\n\x1a\n'

/** Walks the chunks of a PNG (W3C PNG, third edition) to its end; an animation tells its frames in `acTL`. */
export function readPng(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  if (reader.text(0, 8) !== SIGNATURE) return undefined
  const frames = countFrames(reader)
  const [width, height] = [reader.u32(16), reader.u32(20)]
  if (frames === undefined || !(width > 0) || !(height > 0)) return { damaged: 'image/png' }
  return { type: 'image/png', width, height, frames }
}

/** Undefined if the chunks break off before `IEND`. */
function countFrames(reader: ByteReader): number | undefined {
  let frames = 1
  for (let at = 8; at < reader.length; at += 12 + reader.u32(at)) {
    const name = reader.text(at + 4, 4)
    if (name === 'acTL') frames = reader.u32(at + 8)
    if (name === 'IEND') return at + 12 <= reader.length ? frames : undefined
  }
  return undefined
}
