import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ImageType } from '../image.ts'
import type { DamagedFile, ImageFacts } from './sniff.ts'

const brands: Readonly<Record<string, ImageType>> = {
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
  avif: 'image/avif',
  avis: 'image/avif',
}

/** Boxes that hold the image sizes, outermost first (ISO/IEC 23008-12, 9.3 and 6.5.3). */
const path = ['meta', 'iprp', 'ipco'] as const

/** Reads a HEIC or AVIF by its brand; its size is that of the largest picture in it, not of a thumbnail or tile. */
export function readBmff(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  const type = brands[reader.text(8, 4)]
  if (reader.text(4, 4) !== 'ftyp' || !type) return undefined
  const [largest] = readSizes(reader).toSorted((a, b) => b.width * b.height - a.width * a.height)
  if (!largest) return { damaged: type }
  return { type, ...largest, frames: 1 }
}

interface Box {
  readonly name: string
  readonly from: number
  readonly to: number
}

function readSizes(reader: ByteReader): { width: number; height: number }[] {
  let within: Box | undefined = { name: '', from: 0, to: reader.length }
  for (const name of path) within = within && boxes(reader, within).find((box) => box.name === name)
  return (within ? boxes(reader, within) : [])
    .filter((box) => box.name === 'ispe')
    .map((box) => ({ width: reader.u32(box.from + 4), height: reader.u32(box.from + 8) }))
    .filter((size) => size.width > 0 && size.height > 0)
}

function boxes(reader: ByteReader, within: Box): Box[] {
  const found: Box[] = []
  // `meta` is a full box: four bytes of version and flags come before its content.
  let at = within.from + (within.name === 'meta' ? 4 : 0)
  while (at + 8 <= within.to) {
    const length = reader.u32(at)
    if (!(length >= 8)) break
    found.push({ name: reader.text(at + 4, 4), from: at + 8, to: Math.min(at + length, within.to) })
    at += length
  }
  return found
}
