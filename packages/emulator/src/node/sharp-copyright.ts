import sharp from 'sharp'

/** Tag of the copyright in the first directory of EXIF data, and the type of text. */
const COPYRIGHT = 0x8298
const ASCII = 2

/** Reads the copyright a picture carries; data that is not sound carries none. */
export async function readCopyright(bytes: Uint8Array): Promise<string | undefined> {
  const { exif } = await sharp(bytes, { limitInputPixels: false }).metadata()
  if (!exif) return undefined
  try {
    return findCopyright(exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0))
  } catch {
    return undefined
  }
}

/** Twelve bytes per entry: tag, type, length, and where the text is unless it fits into four bytes. */
function findCopyright(tiff: Buffer): string | undefined {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const read16 = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const read32 = (at: number): number => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = read32(4)
  const entries = Array.from({ length: read16(directory) }, (_, n) => directory + 2 + n * 12)
  const entry = entries.find((at) => read16(at) === COPYRIGHT && read16(at + 2) === ASCII)
  if (entry === undefined) return undefined
  const length = read32(entry + 4)
  const start = length > 4 ? read32(entry + 8) : entry + 8
  return tiff.toString('utf8', start, start + length).replace(/\0[^]*$/, '') || undefined
}
