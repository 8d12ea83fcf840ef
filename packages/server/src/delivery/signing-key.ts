/** A signing key that can sign and verify, and cannot be read back, logged or sent. */
export interface SigningKey {
  /** HMAC-SHA-256, not extractable. */
  readonly cryptoKey: CryptoKey
}

/**
 * Imports the value of one of the account's signing keys. It is taken as text: it looks like base64 but is not decoded.
 * @throws TypeError if it is empty.
 */
export async function importSigningKey(value: string): Promise<SigningKey> {
  if (value === '') throw new TypeError('A signing key must not be empty.')
  const bytes = new TextEncoder().encode(value)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const cryptoKey = await crypto.subtle.importKey('raw', bytes, algorithm, false, [
    'sign',
    'verify',
  ])
  return Object.freeze({ cryptoKey })
}
