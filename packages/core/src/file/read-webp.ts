import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { DamagedFile, ImageFacts } from './image-facts.ts'

/** Reads a WebP container (RFC 9649): its announced length, and its size from the first chunk. */
export function readWebp(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  if (reader.text(0, 4) !== 'RIFF' || reader.text(8, 4) !== 'WEBP') return undefined
  const size = readSize(reader)
  const complete = reader.u32le(4) + 8 <= reader.length
  if (!complete || !size || !(size.width > 0) || !(size.height > 0)) {
    return { damaged: 'image/webp' }
  }
  return { type: 'image/webp', ...size, frames: Math.max(1, countFrames(reader)) }
}

function readSize(reader: ByteReader): { width: number; height: number } | undefined {
  switch (reader.text(12, 4)) {
    case 'VP8X':
      return { width: reader.u24le(24) + 1, height: reader.u24le(27) + 1 }
    case 'VP8L':
      // Two 14-bit numbers, each one less than the side (RFC 9649, 3.4).
      return {
        width: (reader.u32le(21) % 0x4000) + 1,
        height: (Math.floor(reader.u32le(21) / 0x4000) % 0x4000) + 1,
      }
    case 'VP8 ':
      return { width: reader.u16le(26) % 0x4000, height: reader.u16le(28) % 0x4000 }
    default:
      return undefined
  }
}

function countFrames(reader: ByteReader): number {
  let frames = 0
  // Chunks are padded to an even length.
  for (let at = 12; at < reader.length; at += 8 + Math.ceil(reader.u32le(at + 4) / 2) * 2) {
    if (reader.text(at, 4) === 'ANMF') frames += 1
  }
  return frames
}
