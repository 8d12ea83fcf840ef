/** The one thing of a camera's notes (Exif 3.0, a TIFF within) that a picture cannot do without: which way is up. */
import { toView } from './bytes.ts'
import type { Bytes } from './bytes.ts'

const ORIENTATION = 0x0112
const UPRIGHT = 1
const IFD_ENTRY_BYTES = 12
const LITTLE_ENDIAN = 0x4949

/** Reads the orientation, 1 to 8. What is absent or unreadable counts as upright, as browsers take it. */
export function readOrientation(tiff: Uint8Array): number {
  const found = findOrientation(tiff)
  return found !== null && found.value >= 1 && found.value <= 8 ? found.value : UPRIGHT
}

/** Makes notes that say nothing but the orientation. Null where a picture is upright without any. */
export function toOrientationOnly(tiff: Uint8Array): Bytes | null {
  const orientation = readOrientation(tiff)
  if (orientation === UPRIGHT) return null
  const one = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
  return Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, ...one, 0, 0, 0, 0])
}

/** Copies the notes for a picture whose pixels were turned upright. */
export function toUpright(tiff: Uint8Array): Bytes {
  const copy = Uint8Array.from(tiff)
  const found = findOrientation(copy)
  if (found !== null) toView(copy).setUint16(found.at, UPRIGHT, found.littleEndian)
  return copy
}

interface Found {
  readonly value: number
  /** Where the value stands. */
  readonly at: number
  readonly littleEndian: boolean
}

function findOrientation(tiff: Uint8Array): Found | null {
  try {
    return walk(toView(tiff))
  } catch {
    // A directory that points beyond its end.
    return null
  }
}

function walk(view: DataView): Found | null {
  const littleEndian = view.getUint16(0) === LITTLE_ENDIAN
  const directory = view.getUint32(4, littleEndian)
  const entries = view.getUint16(directory, littleEndian)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * IFD_ENTRY_BYTES
    if (view.getUint16(at, littleEndian) !== ORIENTATION) continue
    return { value: view.getUint16(at + 8, littleEndian), at: at + 8, littleEndian }
  }
  return null
}
