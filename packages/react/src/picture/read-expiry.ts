/**
 * Reads when a signed URL ends, in milliseconds since the epoch: Cloudflare's says so by `exp`, the gateway's within its token. Undefined
 * for a URL that lives on, or that cannot be read.
 */
export function readExpiry(url: string): number | undefined {
  const seconds = Number(/[?&]exp=(\d+)/.exec(url)?.[1] ?? readToken(url))
  return seconds > 0 ? seconds * 1000 : undefined
}

/** The middle of a token is its claims. Nothing is believed of them but the time: the server asks for the rest. */
function readToken(url: string): unknown {
  const claims = /\/view\/[\w-]+\.([\w-]+)\./.exec(url)?.[1]
  if (claims === undefined) return undefined
  try {
    return JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))).exp
  } catch {
    return undefined
  }
}
