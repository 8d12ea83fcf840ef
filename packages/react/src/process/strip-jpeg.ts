import { concat, fromText, toText, toView } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { toOrientationOnly } from './exif.ts'

const START_BYTES = 2
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const EXIF = 'Exif\0\0'

/**
 * Leaves of a JPEG (ITU-T T.81, annex B) only what draws it: of the camera's notes the orientation, no
 * XMP, IPTC or comment, and nothing after its end, where phones hang films and second pictures.
 */
export function stripJpeg(bytes: Bytes): Bytes {
  const { segments, end } = readSegments(bytes)
  if (end === bytes.length && segments.every((segment) => draws(bytes, segment))) return bytes
  const kept = segments.filter((segment) => draws(bytes, segment))
  const exif = findExif(bytes, segments)
  const note = exif === null ? null : toOrientationOnly(exif)
  const pieces = kept.map(({ at, next }) => bytes.subarray(at, next))
  if (note !== null) pieces.splice(countJfif(kept), 0, toExifSegment(note))
  return concat([bytes.subarray(0, START_BYTES), ...pieces])
}

/** Reads the camera's notes; null if there are none. */
export function readJpegExif(bytes: Bytes): Uint8Array | null {
  return findExif(bytes, readSegments(bytes).segments)
}

/** Puts notes into a JPEG that has none, at the place where readers look for them. */
export function addJpegExif(bytes: Bytes, exif: Uint8Array): Bytes {
  const at = START_BYTES + bytesOfJfif(bytes)
  return concat([bytes.subarray(0, at), toExifSegment(exif), bytes.subarray(at)])
}

interface Segment {
  readonly marker: number
  readonly at: number
  /** Where the next one begins. */
  readonly next: number
}

interface Segments {
  readonly segments: readonly Segment[]
  /** Where the picture ends. */
  readonly end: number
}

/** What cannot be read is taken for a part of the picture: nothing is lost of a file that is merely odd. */
function readSegments(bytes: Bytes): Segments {
  const segments: Segment[] = []
  let at = START_BYTES
  while (at + 3 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === END_OF_IMAGE) break
    const next = marker === 0xff ? at + 1 : findNext(bytes, marker, at)
    segments.push({ marker, at, next })
    at = next
  }
  const end = isEnd(bytes, at) ? at + 2 : bytes.length
  return { segments: [...segments, { marker: END_OF_IMAGE, at, next: end }], end }
}

function isEnd(bytes: Bytes, at: number): boolean {
  return bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE
}

function findNext(bytes: Bytes, marker: number, at: number): number {
  const next = at + 2 + toView(bytes).getUint16(at + 2)
  return marker === START_OF_SCAN ? findMarker(bytes, next) : next
}

/** In coded data a 0xff is followed by 0x00 or a restart marker; any other is the next segment. */
function findMarker(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at
  }
  return bytes.length
}

/** Of what applications may add, the resolution, the colour profile and Adobe's way of colours change how it looks. */
function draws(bytes: Bytes, { marker, at }: Segment): boolean {
  if (marker === APP2) return toText(bytes, at + 4, 11) === 'ICC_PROFILE'
  if (marker === APP0 || marker === APP14) return true
  return marker !== COMMENT && (marker < APP0 || marker > APP15)
}

function findExif(bytes: Bytes, segments: readonly Segment[]): Uint8Array | null {
  const exif = segments.find(
    ({ marker, at }) => marker === APP1 && toText(bytes, at + 4, EXIF.length) === EXIF,
  )
  return exif === undefined ? null : bytes.subarray(exif.at + 4 + EXIF.length, exif.next)
}

/** The resolution stands first where it stands at all. */
function countJfif([first]: readonly Segment[]): number {
  return first?.marker === APP0 ? 1 : 0
}

function bytesOfJfif(bytes: Bytes): number {
  return bytes[START_BYTES + 1] === APP0 ? 2 + toView(bytes).getUint16(START_BYTES + 2) : 0
}

function toExifSegment(exif: Uint8Array): Bytes {
  const length = 2 + EXIF.length + exif.length
  const head = Uint8Array.from([0xff, APP1, length >> 8, length & 0xff])
  return concat([head, fromText(EXIF), exif])
}
