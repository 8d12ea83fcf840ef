import { createByteReader } from './byte-reader.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ImageType } from '../image.ts'
import type { DamagedFile, ImageFacts } from './image-facts.ts'

/** What the brands of a file say, the telling ones first: `mif1` and `msf1` leave open how it is coded. */
const brands: readonly (readonly [brand: RegExp, type: ImageType])[] = [
  [/^avi[fs]$/, 'image/avif'],
  [/^(?:hei[cxms]|hevc|m[is]f1)$/, 'image/heic'],
]

/** Far more than the brands of any file take. */
const MAX_BRAND_BYTES = 512

/** Boxes that hold the image sizes, outermost first (ISO/IEC 23008-12, 9.3 and 6.5.3). */
const path = ['meta', 'iprp', 'ipco'] as const

/** Reads a HEIC or AVIF by its brands; its size is that of the largest picture in it, not of a thumbnail or tile. */
export function readBmff(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const reader = createByteReader(bytes)
  const type = reader.text(4, 4) === 'ftyp' ? readType(reader) : undefined
  if (!type) return undefined
  const file: Box = { name: '', from: 0, to: reader.length }
  const [largest] = readSizes(reader, file).toSorted(
    (a, b) => b.width * b.height - a.width * a.height,
  )
  if (!largest || !isWhole(reader, file)) return { damaged: type }
  return { type, ...largest, frames: 1 }
}

/** The major brand, and from the 16th byte on those that the file is compatible with. */
function readType(reader: ByteReader): ImageType | undefined {
  const names = [reader.text(8, 4)]
  const end = Math.min(reader.u32(0), MAX_BRAND_BYTES)
  for (let at = 16; at + 4 <= end; at += 4) names.push(reader.text(at, 4))
  return brands.find(([brand]) => names.some((name) => brand.test(name)))?.[1]
}

interface Box {
  readonly name: string
  readonly from: number
  /** Where it says that it ends, which may be beyond what is there. */
  readonly to: number
}

function readSizes(reader: ByteReader, file: Box): { width: number; height: number }[] {
  let within: Box | undefined = file
  for (const name of path) within = within && boxes(reader, within).find((box) => box.name === name)
  return (within ? boxes(reader, within) : [])
    .filter((box) => box.name === 'ispe')
    .map((box) => ({ width: reader.u32(box.from + 4), height: reader.u32(box.from + 8) }))
    .filter((size) => size.width > 0 && size.height > 0)
}

/** What follows the last whole box is forgiven, as long as no box breaks off. */
function isWhole(reader: ByteReader, file: Box): boolean {
  return boxes(reader, file).every((box) => box.to <= reader.length)
}

function boxes(reader: ByteReader, within: Box): Box[] {
  const found: Box[] = []
  // `meta` is a full box: four bytes of version and flags come before its content.
  let at = within.from + (within.name === 'meta' ? 4 : 0)
  const end = Math.min(within.to, reader.length)
  while (at + 8 <= end) {
    const length = reader.u32(at)
    if (!(length >= 8)) break
    found.push({ name: reader.text(at + 4, 4), from: at + 8, to: at + length })
    at += length
  }
  return found
}
