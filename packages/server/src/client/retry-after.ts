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
