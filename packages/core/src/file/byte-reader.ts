/** Reads numbers and names from bytes. Beyond the end every number is NaN and every name shorter. */
export interface ByteReader {
  readonly length: number
  readonly byte: (at: number) => number
  readonly u16: (at: number) => number
  readonly u32: (at: number) => number
  readonly u16le: (at: number) => number
  readonly u24le: (at: number) => number
  readonly u32le: (at: number) => number
  readonly text: (at: number, length: number) => string
}

/** Makes a reader. NaN fails every comparison, so a file that breaks off falls through to "damaged". */
export function createByteReader(bytes: Uint8Array): ByteReader {
  const byte = (at: number) => bytes[at] ?? Number.NaN
  const u16 = (at: number) => byte(at) * 0x100 + byte(at + 1)
  const u16le = (at: number) => byte(at) + byte(at + 1) * 0x100
  const u24le = (at: number) => u16le(at) + byte(at + 2) * 0x10000
  return {
    length: bytes.length,
    byte,
    u16,
    u32: (at) => u16(at) * 0x10000 + u16(at + 2),
    u16le,
    u24le,
    u32le: (at) => u16le(at) + u16le(at + 2) * 0x10000,
    text: (at, length) => String.fromCharCode(...bytes.subarray(at, at + length)),
  }
}
