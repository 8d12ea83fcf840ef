import { createLocalJWKSet, errors, importSPKI } from 'jose'
import type { CryptoKey, JWK, JWTVerifyGetKey } from 'jose'

/** Finds the key that a token says it was signed with. */
export type FindKey = JWTVerifyGetKey<CryptoKey>

/** Keys by their id (`kid`): each as PEM (`BEGIN PUBLIC KEY`) or as JWK. */
export type PublicKeys = Readonly<Record<string, string | JWK>>

/** Keys by their id (`kid`): each at least as long as what its algorithm puts out, which is 32 bytes for HS256. */
export type Secrets = Readonly<Record<string, string | Uint8Array>>

/** Makes a finder of public keys. @throws TypeError for one that is not public, without a word of what is in it. */
export function findPublicKeys(keys: PublicKeys): FindKey {
  return findByKid(keys, (key, kid) => {
    const isPublic = typeof key === 'string' ? publicPem.test(key) : !('d' in key || 'k' in key)
    if (!isPublic) throw new TypeError(`The key "${kid}" is no public key: give its public half.`)
    if (typeof key !== 'string') return createLocalJWKSet({ keys: [{ ...key, kid }] })
    return importOnce((algorithm) => importSPKI(key, algorithm))
  })
}

/** Makes a finder of secrets. @throws TypeError for one that is too short to keep anybody out. */
export function findSecrets(keys: Secrets, algorithms: readonly string[]): FindKey {
  const least = Math.max(...algorithms.map((name) => toBits(name) / 8))
  return findByKid(keys, (secret, kid) => {
    const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret.slice()
    if (bytes.length >= least) return importOnce((algorithm) => importSecret(bytes, algorithm))
    throw new TypeError(`The secret "${kid}" has ${bytes.length} bytes: give it ${least} or more.`)
  })
}

const publicPem = /^\s*-----BEGIN PUBLIC KEY-----/

/** A token without a key id, or with one that is not known, is tried with no other key. */
function findByKid<Key>(
  keys: Readonly<Record<string, Key>>,
  toFinder: (key: Key, kid: string) => FindKey,
): FindKey {
  const finders = new Map(Object.entries(keys).map(([kid, key]) => [kid, toFinder(key, kid)]))
  if (finders.size === 0) throw new TypeError('"keys" holds no key: nobody could ever sign in.')
  return async function findKey(header, token) {
    const find = header.kid === undefined ? undefined : finders.get(header.kid)
    if (!find) throw new errors.JWKSNoMatchingKey()
    return find(header, token)
  }
}

/** Imports a key for each algorithm it is asked for. Only what came of it is kept: a Worker cannot wait for another request. */
function importOnce(importKey: (algorithm: string) => Promise<CryptoKey>): FindKey {
  const known = new Map<string, CryptoKey>()
  return async function findKey({ alg }) {
    const key = known.get(alg) ?? (await importKey(alg).catch(refuse))
    known.set(alg, key)
    return key
  }
}

function refuse(cause: unknown): never {
  throw new errors.JWKSNoMatchingKey('The key is not for this algorithm.', { cause })
}

function importSecret(bytes: Uint8Array<ArrayBuffer>, algorithm: string): Promise<CryptoKey> {
  const hmac = { name: 'HMAC', hash: `SHA-${toBits(algorithm)}` }
  return crypto.subtle.importKey('raw', bytes, hmac, false, ['verify'])
}

/** 256 of HS256. */
function toBits(algorithm: string): number {
  return Number(algorithm.slice(2))
}
