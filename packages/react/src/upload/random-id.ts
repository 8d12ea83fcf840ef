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

/** Version 4 and variant `10` as RFC 9562, section 5.4 has them; the two free bits beside the variant stay the same. */
function toUuid(random: Uint8Array): string {
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-a$4-')
}
