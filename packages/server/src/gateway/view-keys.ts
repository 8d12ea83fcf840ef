import { importJWK } from 'jose'
import type { JWK } from 'jose'

export type ViewKeyOptions =
  | {
      readonly kid: string
      readonly alg: 'HS256'
      /** At least 32 bytes that nobody can guess, such as `openssl rand -base64 32` writes. */
      readonly secret: string | Uint8Array
    }
  | {
      readonly kid: string
      readonly alg: 'EdDSA'
      /** An Ed25519 key. Without its private part (`d`) it only verifies. */
      readonly jwk: JWK
    }

/** A key with a name of its own and one algorithm. It cannot be read back. */
export interface ViewKey {
  readonly kid: string
  readonly alg: 'HS256' | 'EdDSA'
  readonly verifyKey: CryptoKey
  /** Null for one that only verifies. */
  readonly signKey: CryptoKey | null
}

/** The keys of view tokens, newest first: the first one signs, and each verifies what bears its name. */
export interface ViewKeys {
  readonly signer: ViewKey & { readonly signKey: CryptoKey }
  readonly find: (kid: string) => ViewKey | undefined
}

const MIN_SECRET_BYTES = 32

/**
 * Makes a key ring for view tokens. To rotate, put a new key in front, and take the old one away once nothing that it has
 * signed can live any more.
 * @throws TypeError if there is no key, two have one name, a secret is short, or the first one cannot sign.
 */
export async function createViewKeys(keys: readonly ViewKeyOptions[]): Promise<ViewKeys> {
  for (const { kid } of keys) checkKid(kid, keys)
  const ring = new Map(
    await Promise.all(keys.map(async (key) => [key.kid, await importKey(key)] as const)),
  )
  const [newest] = ring.values()
  if (!newest?.signKey) {
    throw new TypeError('The first view key signs: it must be there, and have its private part.')
  }
  const signer = Object.freeze({ ...newest, signKey: newest.signKey })
  return Object.freeze({ signer, find: (kid: string) => ring.get(kid) })
}

function checkKid(kid: string, keys: readonly ViewKeyOptions[]): void {
  if (!/^[\w-]{1,32}$/.test(kid)) {
    throw new TypeError('The kid of a view key must have 1 to 32 letters, digits, - or _.')
  }
  if (keys.filter((key) => key.kid === kid).length > 1) {
    throw new TypeError(`There are two view keys "${kid}": each needs a kid of its own.`)
  }
}

async function importKey(key: ViewKeyOptions): Promise<ViewKey> {
  return Object.freeze(key.alg === 'HS256' ? await importSecret(key) : await importPair(key))
}

async function importSecret({
  kid,
  alg,
  secret,
}: Extract<ViewKeyOptions, { readonly alg: 'HS256' }>): Promise<ViewKey> {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret.slice()
  if (bytes.byteLength < MIN_SECRET_BYTES) {
    throw new TypeError(`The secret of the view key "${kid}" must have at least 32 bytes.`)
  }
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify'])
  return { kid, alg, signKey: key, verifyKey: key }
}

async function importPair({
  kid,
  alg,
  jwk,
}: Extract<ViewKeyOptions, { readonly alg: 'EdDSA' }>): Promise<ViewKey> {
  const { kty = '', crv = '', x = '', d } = jwk
  if (kty !== 'OKP' || crv !== 'Ed25519') {
    throw new TypeError(`The view key "${kid}" must be an Ed25519 key, as a JWK.`)
  }
  const publicPart = { kty, crv, x }
  const verifyKey = await importPart(kid, publicPart)
  const signKey = d === undefined ? null : await importPart(kid, { ...publicPart, d })
  return { kid, alg, verifyKey, signKey }
}

async function importPart(kid: string, part: JWK): Promise<CryptoKey> {
  const key = await importJWK(part, 'EdDSA', { extractable: false }).catch(() => undefined)
  if (key instanceof CryptoKey) return key
  throw new TypeError(`The view key "${kid}" cannot be imported: is it a whole JWK?`)
}
