import type { NamedUrl } from '@lightfast/core'
import { newestKey } from './key-ring.ts'
import type { SigningKeys } from './key-ring.ts'
import { checkVariant, toTerms } from './sign-url-terms.ts'
import type { SigningTerms } from './sign-url-terms.ts'
import { parsePrivateUrl, toSignable } from './sign-url-text.ts'

/**
 * Signs the delivery URL of a named variant: HMAC-SHA-256, as lower-case hex, over the path and `?exp=` in
 * seconds. The host is not signed. A vector: with the key `this-is-a-test-signing-key`,
 * `/cheeW4oKsx5ljh8e8BoL2A/bc27a117-9509-446b-8c69-c81bfeac0a01/mobile?exp=1631289275` gives
 * `9958eb75f024846124fb0460ed11bd2fb6320aa2a0f27dddc9c9279ee56d2d28`.
 * @param expiresAt Milliseconds since the epoch. Always set: what is signed without one is not documented.
 * @throws TypeError for what Cloudflare refuses to show by signature: flexible variants, ids of your own, other URLs.
 * @see https://developers.cloudflare.com/images/optimization/hosted-images/serve-private-images/
 */
export async function signUrl(
  url: string,
  expiresAt: number,
  key: SigningKeys | SigningTerms,
): Promise<string> {
  return signParts(parsePrivateUrl(url), expiresAt, toTerms(key))
}

/** Signs a URL that was taken apart. */
export async function signParts(
  parts: NamedUrl,
  expiresAt: number,
  terms: SigningTerms,
): Promise<string> {
  checkVariant(parts.variant, terms)
  const { url, text } = toSignable(parts, expiresAt)
  const { cryptoKey } = newestKey(terms.signWith)
  const signature = await crypto.subtle.sign('HMAC', cryptoKey, encoder.encode(text))
  return `${url}&sig=${toHex(new Uint8Array(signature))}`
}

const encoder = new TextEncoder()
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += digits[byte]
  return hex
}
