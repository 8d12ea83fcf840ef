import { parseDeliveryUrl } from '@lightfast/core'
import type { SigningKey } from './signing-key.ts'

/**
 * Signs the delivery URL of a named variant: HMAC-SHA-256, as lower-case hex, over the path and `?exp=` in
 * seconds. The host is not signed. A vector: with the key `this-is-a-test-signing-key`,
 * `/cheeW4oKsx5ljh8e8BoL2A/bc27a117-9509-446b-8c69-c81bfeac0a01/mobile?exp=1631289275` gives
 * `9958eb75f024846124fb0460ed11bd2fb6320aa2a0f27dddc9c9279ee56d2d28`.
 * @param expiresAt Milliseconds since the epoch. Always set: what is signed without one is not documented.
 * @throws TypeError for any other URL: Cloudflare refuses signed flexible variants.
 * @see https://developers.cloudflare.com/images/optimization/hosted-images/serve-private-images/
 */
export async function signUrl(url: string, expiresAt: number, key: SigningKey): Promise<string> {
  parseDeliveryUrl(url)
  const signed = new URL(url)
  signed.search = ''
  signed.searchParams.set('exp', String(Math.floor(expiresAt / 1000)))
  const text = new TextEncoder().encode(`${signed.pathname}?${signed.searchParams.toString()}`)
  const signature = await crypto.subtle.sign('HMAC', key.cryptoKey, text)
  signed.searchParams.set('sig', toHex(new Uint8Array(signature)))
  return signed.href
}

/**
 * Rounds an expiry up to the end of its bucket, so that equal rights give equal URLs and browsers can cache.
 * @returns Milliseconds since the epoch, at least `ttlMs` and at most `ttlMs + bucketMs` ahead.
 */
export function bucketExpiry(now: number, ttlMs: number, bucketMs: number): number {
  return Math.ceil((now + ttlMs) / bucketMs) * bucketMs
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
