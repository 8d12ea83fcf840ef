/** The one thing of a camera's notes (Exif 3.0, a TIFF within) that a picture cannot do without: which way is up. */

/** Where and how the notes say which way is up. */
export interface FoundOrientation {
  /** From 1 (upright) to 8, in notes that are right. */
  readonly value: number
  /** Where the value stands, in bytes from the start of the notes. */
  readonly at: number
  readonly littleEndian: boolean
}

const ORIENTATION = 0x0112
const IFD_ENTRY_BYTES = 12
const LITTLE_ENDIAN = 0x4949

/** Finds the orientation in a camera's notes, which begin with the header of a TIFF; null where they say nothing of it, or break off. */
export function findOrientation(tiff: Uint8Array): FoundOrientation | null {
  try {
    return walk(new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength))
  } catch {
    // A directory that points beyond its end.
    return null
  }
}

/** Only the first directory is of the picture itself. */
function walk(view: DataView): FoundOrientation | null {
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
