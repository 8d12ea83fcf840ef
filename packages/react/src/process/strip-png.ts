import { concat, fromText, toText, toView } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { toOrientationOnly } from './exif.ts'

const SIGNATURE_BYTES = 8
/** Length, name and checksum. */
const FRAME_BYTES = 12
const EXIF = 'eXIf'

/** What, besides the critical chunks, changes how a PNG looks (W3C PNG, third edition). */
const drawing =
  'acTL bKGD cHRM cICP cLLI fcTL fdAT gAMA hIST iCCP mDCV pHYs sBIT sPLT sRGB tRNS'.split(' ')

/** Leaves of a PNG only what draws it: of the camera's notes the orientation, and no text. */
export function stripPng(bytes: Bytes): Bytes {
  const chunks = readChunks(bytes)
  const end = chunks.at(-1)?.next
  if (end === undefined || (end === bytes.length && chunks.every(draws))) return bytes
  const exif = chunks.find(({ name }) => name === EXIF)
  const note = exif && toOrientationOnly(bytes.subarray(exif.at + 8, exif.next - 4))
  const pieces = chunks.filter(draws).map(({ at, next }) => bytes.subarray(at, next))
  // Right after the header, where it may not be overlooked.
  if (note) pieces.splice(1, 0, toChunk(EXIF, note))
  return concat([bytes.subarray(0, SIGNATURE_BYTES), ...pieces])
}

interface Chunk {
  readonly name: string
  readonly at: number
  readonly next: number
}

function readChunks(bytes: Bytes): readonly Chunk[] {
  const view = toView(bytes)
  const chunks: Chunk[] = []
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= bytes.length;) {
    const next = at + FRAME_BYTES + view.getUint32(at)
    const name = toText(bytes, at + 4, 4)
    chunks.push({ name, at, next })
    if (name === 'IEND') break
    at = next
  }
  return chunks
}

/** A critical chunk has a capital first. */
function draws({ name }: Chunk): boolean {
  return /^[A-Z]/u.test(name) || drawing.includes(name)
}

function toChunk(name: string, data: Uint8Array): Bytes {
  const chunk = concat([new Uint8Array(4), fromText(name), data, new Uint8Array(4)])
  const view = toView(chunk)
  view.setUint32(0, data.length)
  view.setUint32(chunk.length - 4, toCrc(chunk.subarray(4, -4)))
  return chunk
}

/** CRC-32 as PNG wants it, bit by bit: it is asked of some thirty bytes. */
function toCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
