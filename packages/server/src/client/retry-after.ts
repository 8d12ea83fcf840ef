/** A server may ask for any pause; beyond this one it is taken for an hour. */
const MAX_RETRY_AFTER_MS = 3_600_000

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date. Undefined if it says nothing useful, such as a
 * date in the past, so that our own delay holds and nobody comes back at once.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000
  return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined
}

/**
 * Reads a `Ratelimit` header, such as `"default";r=0;t=30`: how long until the account may call again, if this
 * very call was the last that it had.
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export function parseExhausted(header: string | null): number | undefined {
  const waits = [...(header ?? '').matchAll(/;\s*r=0\s*;\s*t=(\d+)/g)].map(
    ([, seconds]) => Number(seconds) * 1000,
  )
  const ms = Math.min(Math.max(0, ...waits), MAX_RETRY_AFTER_MS)
  return ms > 0 ? ms : undefined
}
