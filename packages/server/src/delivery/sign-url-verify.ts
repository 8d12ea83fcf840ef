import { allKeys } from './key-ring.ts'
import type { SigningKeys } from './key-ring.ts'
import { parsePrivateUrl } from './sign-url-text.ts'

/** What a signature is worth. */
export type UrlVerdict =
  | { readonly status: 'valid'; readonly expiresAt: number }
  | { readonly status: 'unsigned' | 'invalid' | 'expired' }

/**
 * Judges a signed URL as Cloudflare would, by any of the keys. One without an expiry is invalid here: it would hold forever.
 * Never throws. The comparison takes the same time wherever two signatures differ.
 * @param now Milliseconds since the epoch.
 */
export async function verifyUrl(url: string, now: number, keys: SigningKeys): Promise<UrlVerdict> {
  const claim = readClaim(url)
  if (!claim) return { status: 'invalid' }
  if (claim.sig === null) return { status: 'unsigned' }
  if (!/^[\da-f]{64}$/.test(claim.sig) || !/^\d{1,12}$/.test(claim.exp))
    return { status: 'invalid' }
  if (!(await isSignedByAny(claim.text, fromHex(claim.sig), keys))) return { status: 'invalid' }
  const expiresAt = Number(claim.exp) * 1000
  return expiresAt < now ? { status: 'expired' } : { status: 'valid', expiresAt }
}

interface Claim {
  readonly text: string
  readonly exp: string
  readonly sig: string | null
}

/** Undefined for what cannot be signed at all. */
function readClaim(url: string): Claim | undefined {
  try {
    parsePrivateUrl(url)
  } catch {
    return undefined
  }
  const { pathname, searchParams } = new URL(url)
  const [exp, sig] = [searchParams.get('exp') ?? '', searchParams.get('sig')]
  searchParams.delete('sig')
  return { text: `${pathname}?${searchParams.toString()}`, exp, sig }
}

async function isSignedByAny(
  text: string,
  signature: Uint8Array<ArrayBuffer>,
  keys: SigningKeys,
): Promise<boolean> {
  const bytes = new TextEncoder().encode(text)
  const verdicts = await Promise.all(
    allKeys(keys).map(({ cryptoKey }) => crypto.subtle.verify('HMAC', cryptoKey, signature, bytes)),
  )
  return verdicts.includes(true)
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
