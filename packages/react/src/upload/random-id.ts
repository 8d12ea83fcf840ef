/** The part of `crypto` that is needed. `randomUUID` is missing on a page served over plain http from a LAN address. */
export interface RandomSource {
  readonly randomUUID?: () => string
  readonly getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
}

/** Makes a version 4 UUID, with `crypto.randomUUID` or without it. */
export function createRandomId(source: RandomSource = globalThis.crypto): string {
  if (source.randomUUID !== undefined) return source.randomUUID()
  return toUuid(source.getRandomValues(new Uint8Array(16)))
}

/** Version and variant as RFC 9562, section 5.4 has them. */
function toUuid(random: Uint8Array): string {
  const bytes = random.map((byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x40
    return index === 8 ? (byte & 0x3f) | 0x80 : byte
  })
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
