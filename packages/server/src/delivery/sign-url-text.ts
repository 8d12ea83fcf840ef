import { buildImageUrl, parseImageUrl } from '@lightfast/core'
import type { NamedUrl } from '@lightfast/core'

/** A URL without a signature, and what is signed of it. */
export interface Signable {
  readonly url: string
  /** The path, and the query if there is one. */
  readonly text: string
}

/**
 * Takes the URL of a private image apart.
 * @throws TypeError for what Cloudflare would not accept with a signature: options, an id that was chosen, another shape.
 */
export function parsePrivateUrl(url: string): NamedUrl {
  const parts = parseImageUrl(url)
  if (parts.shape === 'remote') {
    throw new TypeError('A /cdn-cgi/image URL cannot be signed: sign a named variant.')
  }
  if (parts.shape === 'flexible') {
    throw new TypeError(
      'A flexible variant cannot be signed: Cloudflare shows private images by named variants only.',
    )
  }
  if (!UUID.test(parts.imageId)) {
    throw new TypeError(
      'An image with an id of your own cannot be private, so its URL cannot be signed.',
    )
  }
  return parts
}

/** Writes what is signed. @param expiresAt Milliseconds since the epoch. */
export function toSignable(parts: NamedUrl, expiresAt: number): Signable {
  if (!(expiresAt >= 0 && expiresAt < Infinity)) {
    throw new TypeError('expiresAt must be milliseconds since the epoch.')
  }
  const url = `${buildImageUrl(parts)}?exp=${Math.floor(expiresAt / 1000)}`
  return { url, text: url.slice(parts.origin.length) }
}

/** Cloudflare's own ids. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
