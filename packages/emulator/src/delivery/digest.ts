/** Resolves to the SHA-256 of bytes as hexadecimal digits; of the same array it is worked out once. */
export function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = digests.get(bytes) ?? workOut(bytes)
  digests.set(bytes, digest)
  return digest
}

/** A cache of a pure function, so that it may be everybody's. */
const digests = new WeakMap<Uint8Array, Promise<string>>()

async function workOut(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
