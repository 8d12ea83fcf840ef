/** How long a URL lives at least, and how long all its copies are the same. */
export interface UrlLife {
  readonly ttlMs: number
  /** Whole seconds: Cloudflare counts in them. */
  readonly bucketMs: number
}

/**
 * Rounds the expiry of an image's URLs up to the end of its bucket, so that equal rights give equal URLs and browsers can
 * cache. Each image has buckets of its own, by its id: they do not all expire, and are not all fetched anew, at once.
 * @returns Milliseconds since the epoch, at least `ttlMs` and at most `ttlMs + bucketMs` ahead.
 */
export function imageExpiry(imageId: string, now: number, { ttlMs, bucketMs }: UrlLife): number {
  if (!(bucketMs >= 1000) || bucketMs % 1000 !== 0) {
    throw new TypeError('bucketMs must be whole seconds, and at least one.')
  }
  const offsetMs = (hash(imageId) % (bucketMs / 1000)) * 1000
  return bucketExpiry(now - offsetMs, ttlMs, bucketMs) + offsetMs
}

/**
 * Rounds an expiry up to the end of its bucket, the same for everything.
 * @returns Milliseconds since the epoch, at least `ttlMs` and at most `ttlMs + bucketMs` ahead.
 */
export function bucketExpiry(now: number, ttlMs: number, bucketMs: number): number {
  return Math.ceil((now + ttlMs) / bucketMs) * bucketMs
}

/** FNV-1a: it only has to spread. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value >>> 0
}
