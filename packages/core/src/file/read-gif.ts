import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { DamagedFile, ImageFacts } from './image-facts.ts'

const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b

/** Walks the blocks of a GIF (GIF89a) and counts its images. */
export function readGif(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  if (!/^GIF8[79]a$/.test(reader.text(0, 6))) return undefined
  const [width, height] = [reader.u16le(6), reader.u16le(8)]
  const frames = countImages(reader)
  if (!frames || !(width > 0) || !(height > 0)) return { damaged: 'image/gif' }
  return { type: 'image/gif', width, height, frames }
}

/** Undefined if a block breaks off. A missing trailer is common in the wild, and every decoder forgives it. */
function countImages(reader: ByteReader): number | undefined {
  let images = 0
  let at = 13 + colourTableLength(reader.byte(10))
  while (at < reader.length && reader.byte(at) !== TRAILER) {
    const kind = reader.byte(at)
    if (kind !== IMAGE && kind !== EXTENSION) return undefined
    if (kind === IMAGE) images += 1
    at = skipSubBlocks(reader, kind === IMAGE ? imageDataAt(reader, at) : at + 2)
  }
  return at <= reader.length ? images : undefined
}

/** Past the image descriptor, its own colour table and the byte with the code size. */
function imageDataAt(reader: ByteReader, at: number): number {
  return at + 10 + colourTableLength(reader.byte(at + 9)) + 1
}

function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0
}

/** Sub-blocks begin with their length; one of length zero ends the row. NaN if it breaks off. */
function skipSubBlocks(reader: ByteReader, start: number): number {
  let at = start
  while (reader.byte(at) > 0) at += 1 + reader.byte(at)
  return reader.byte(at) === 0 ? at + 1 : Number.NaN
}
