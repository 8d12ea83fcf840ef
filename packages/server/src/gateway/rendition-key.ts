import { base64url } from 'jose'

/** Everything that a rendition is made of. Two that agree in it are the same picture. */
export interface RenditionParts {
  readonly imageId: string
  /** A new one for new bytes. */
  readonly cloudflareId: string
  readonly preset: unknown
  readonly plan: unknown
  /** Of the bytes of an overlay. */
  readonly overlayHash: string | null
  readonly words: string | null
}

const KNOWN_KEYS = 4096

/** Raised when the same parts are drawn in another way, so that no old picture is taken for a new one. */
const DRAWN = 1

/** Makes what names renditions by what is in them. A name is short, says nothing, and is known by heart once it was made. */
export function createRenditionKeys(): (parts: RenditionParts) => Promise<string> {
  const known = new Map<string, string>()
  return async function toKey(parts) {
    const text = JSON.stringify([DRAWN, parts])
    const found = known.get(text)
    if (found !== undefined) return found
    const key = await hash(new TextEncoder().encode(text))
    known.set(text, key)
    if (known.size > KNOWN_KEYS) for (const oldest of known.keys()) return forget(oldest, key)
    return key
  }

  function forget(oldest: string, key: string): string {
    known.delete(oldest)
    return key
  }
}

/** Hashes bytes, as text that can stand in a header and in the name of a file. */
export async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
