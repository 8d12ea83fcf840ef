import type { AccountKey } from '../client/keys.ts'
import { newestFirst } from './rotate-keys.ts'
import { importSigningKey } from './signing-key.ts'
import type { SigningKey } from './signing-key.ts'

/** Several keys at once, while one takes over from another: the newest signs, and all of them verify. */
export interface SigningKeyRing {
  readonly keys: readonly [newest: SigningKey, ...older: SigningKey[]]
}

/** One key, or several of them. */
export type SigningKeys = SigningKey | SigningKeyRing

/**
 * Imports values of the account's keys, the newest first.
 * @throws TypeError if there is none, or if one is empty.
 */
export async function importSigningKeyRing(values: readonly string[]): Promise<SigningKeyRing> {
  const [newest, ...older] = await Promise.all(values.map(importSigningKey))
  if (!newest) throw new TypeError('A ring of signing keys needs at least one.')
  return Object.freeze<SigningKeyRing>({ keys: [newest, ...older] })
}

/**
 * Imports the keys as `client.keys.list()` answers them, and lets the newest sign: what `lightfast keys rotate` added.
 * @throws TypeError if it cannot be told which that is.
 */
export async function importAccountKeys(keys: readonly AccountKey[]): Promise<SigningKeyRing> {
  return importSigningKeyRing(newestFirst(keys).map(({ value }) => value))
}

/** The one that signs. */
export function newestKey(keys: SigningKeys): SigningKey {
  return allKeys(keys)[0]
}

/** All that verify. */
export function allKeys(keys: SigningKeys): SigningKeyRing['keys'] {
  return 'keys' in keys ? keys.keys : [keys]
}
