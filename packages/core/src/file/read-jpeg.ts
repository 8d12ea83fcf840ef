import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { DamagedFile, ImageFacts } from './image-facts.ts'

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/** Walks the segments of a JPEG (ITU-T T.81, annex B) to its frame header, then looks for its end. */
export function readJpeg(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  if (reader.u16(0) !== 0xffd8 || reader.byte(2) !== 0xff) return undefined
  const header = readSegments(reader)
  if (!header || !hasEnd(bytes, header.scanAt)) return { damaged: 'image/jpeg' }
  return { type: 'image/jpeg', width: header.width, height: header.height, frames: 1 }
}

interface JpegHeader {
  readonly width: number
  readonly height: number
  readonly scanAt: number
}

function readSegments(reader: ByteReader): JpegHeader | undefined {
  let size = { width: 0, height: 0 }
  let at = 2
  while (reader.byte(at) === 0xff) {
    const marker = reader.byte(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrameHeader(marker)) size = { height: reader.u16(at + 5), width: reader.u16(at + 7) }
    if (marker === START_OF_SCAN) return size.width > 0 ? { ...size, scanAt: at } : undefined
    at += 2 + reader.u16(at + 2)
  }
  return undefined
}

/** SOF0 to SOF15, less the three that share the range: huffman tables, arithmetic coding, JPEG extensions. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** In coded data a 0xff is always followed by 0x00 or a restart marker, so this pair can only be the end. */
function hasEnd(bytes: Uint8Array, scanAt: number): boolean {
  for (let at = bytes.length - 2; at > scanAt; at -= 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) return true
  }
  return false
}
