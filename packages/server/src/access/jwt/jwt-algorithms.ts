/** What a token may be signed with. `none` is no signature, and not here. */
export const hmacAlgorithms = ['HS256', 'HS384', 'HS512'] as const
export const publicKeyAlgorithms = [
  'EdDSA',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const

export type HmacAlgorithm = (typeof hmacAlgorithms)[number]
export type PublicKeyAlgorithm = (typeof publicKeyAlgorithms)[number]

/**
 * Pins the algorithms that tokens may be signed with.
 * @throws TypeError if there are none, if one is unknown, or if one is not for this sort of keys: a public key that counts as a secret
 * lets everybody sign.
 */
export function checkAlgorithms(
  given: readonly string[],
  known: readonly string[],
): readonly string[] {
  const algorithms = [...given]
  const stranger = algorithms.find((name) => !known.includes(name))
  if (algorithms.length > 0 && stranger === undefined) return algorithms
  const what = stranger === undefined ? 'names none' : `names "${stranger}"`
  throw new TypeError(`"algorithms" ${what}: with these keys it may name ${known.join(', ')}.`)
}
