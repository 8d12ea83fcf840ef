import { customDomainPrefix } from './path.ts'
import type { SigningKey } from '../options.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Tells whether a URL may be used, and until when (ms since the epoch, `Infinity` without `exp`). */
export type SignatureVerdict =
  | { readonly status: 'valid'; readonly expiresAt: number }
  | { readonly status: 'unsigned' | 'invalid' | 'expired' }

/** What a signature is judged by. */
export interface SignatureRules {
  readonly keys: readonly SigningKey[]
  readonly now: number
  readonly settings: Pick<EmulatorSettings, 'unexpiringForm' | 'customDomainPath'>
}

/**
 * Judges `sig`: lower-case hex HMAC-SHA-256 over path, `?` and query without `sig`, the key taken as text.
 * https://developers.cloudflare.com/images/optimization/hosted-images/serve-private-images/
 */
export async function judgeSignature(url: URL, rules: SignatureRules): Promise<SignatureVerdict> {
  const sig = url.searchParams.get('sig')
  if (sig === null) return { status: 'unsigned' }
  if (!/^[0-9a-f]{64}$/.test(sig)) return { status: 'invalid' }
  if (!(await isSignedByAny(sig, url, rules))) return { status: 'invalid' }
  const exp = url.searchParams.get('exp')
  if (exp === null) return { status: 'valid', expiresAt: Infinity }
  if (!/^\d{1,12}$/.test(exp)) return { status: 'invalid' }
  const expiresAt = Number(exp) * 1000
  return expiresAt < rules.now ? { status: 'expired' } : { status: 'valid', expiresAt }
}

async function isSignedByAny(
  sig: string,
  url: URL,
  { keys, settings }: SignatureRules,
): Promise<boolean> {
  const signature = fromHex(sig)
  for (const text of signedForms(url, settings)) {
    for (const { value } of keys) {
      const key = await importKey(value)
      if (await crypto.subtle.verify('HMAC', key, signature, encode(text))) return true
    }
  }
  return false
}

/** Without `exp` the documents' own code leaves a `?` at the end and Cloudflare's mock does not. */
function signedForms(url: URL, settings: SignatureRules['settings']): readonly string[] {
  const path = signedPath(url.pathname, settings)
  const query = new URLSearchParams(url.search)
  query.delete('sig')
  if (query.size > 0) return [`${path}?${query}`]
  if (settings.unexpiringForm === 'either') return [`${path}?`, path]
  return [settings.unexpiringForm === 'bare' ? path : `${path}?`]
}

function signedPath(pathname: string, settings: SignatureRules['settings']): string {
  const isPrefixed = pathname.startsWith(`${customDomainPrefix}/`)
  return isPrefixed && settings.customDomainPath === 'without-prefix'
    ? pathname.slice(customDomainPrefix.length)
    : pathname
}

const importKey = (value: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', encode(value), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ])

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
