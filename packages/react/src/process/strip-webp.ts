import { concat, fromText, toText, toView } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { toOrientationOnly } from './exif.ts'

/** `RIFF`, the length and `WEBP`. */
const HEAD_BYTES = 12
const EXIF = 'EXIF'
const EXIF_FLAG = 0b1000
const XMP_FLAG = 0b0100

/** @see https://developers.google.com/speed/webp/docs/riff_container */
const drawing = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']

/** Leaves of a WebP only what draws it, frames untouched: of the camera's notes the orientation, and no XMP. */
export function stripWebp(bytes: Bytes): Bytes {
  const chunks = readChunks(bytes)
  const end = chunks.at(-1)?.next
  if (end === undefined || (end === bytes.length && chunks.every(draws))) return bytes
  const exif = chunks.find(({ name }) => name === EXIF)
  const note = exif && toOrientationOnly(toTiff(bytes.subarray(exif.at + 8, exif.next)))
  const kept = chunks.filter(draws).map(({ at, next }) => bytes.subarray(at, next))
  const pieces = note ? [...kept, toChunk(EXIF, note)] : kept
  return toFile(bytes, pieces, note ? EXIF_FLAG : 0)
}

interface Chunk {
  readonly name: string
  readonly at: number
  readonly next: number
}

function readChunks(bytes: Bytes): readonly Chunk[] {
  const view = toView(bytes)
  const chunks: Chunk[] = []
  for (let at = HEAD_BYTES; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true)
    const next = Math.min(at + 8 + length + (length % 2), bytes.length)
    chunks.push({ name: toText(bytes, at, 4), at, next })
    at = next
  }
  return chunks
}

function draws({ name }: Chunk): boolean {
  return drawing.includes(name)
}

/** Some writers begin as in a JPEG. */
function toTiff(exif: Uint8Array): Uint8Array {
  return toText(exif, 0, 4) === 'Exif' ? exif.subarray(6) : exif
}

/** `data` has an even length. */
function toChunk(name: string, data: Uint8Array): Bytes {
  const length = new Uint8Array(4)
  toView(length).setUint32(0, data.length, true)
  return concat([fromText(name), length, data])
}

function toFile(bytes: Bytes, pieces: readonly Uint8Array[], flag: number): Bytes {
  const file = concat([bytes.subarray(0, HEAD_BYTES), ...pieces])
  toView(file).setUint32(4, file.length - 8, true)
  const flagsAt = HEAD_BYTES + 8
  if (toText(file, HEAD_BYTES, 4) === 'VP8X') {
    file[flagsAt] = ((file[flagsAt] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | flag
  }
  return file
}
