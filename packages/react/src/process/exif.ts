/** What is left of a camera's notes. */
import { findOrientation } from '@lightfast/core'
import { toView } from './bytes.ts'
import type { Bytes } from './bytes.ts'

const UPRIGHT = 1

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
