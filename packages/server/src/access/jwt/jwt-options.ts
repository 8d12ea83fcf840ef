import type { JWTVerifyOptions } from 'jose'
import { checkNumber } from '../../read-config.ts'
import { findPublishedKeys } from './jwks-keys.ts'
import type { JwksOptions } from './jwks-keys.ts'
import { checkAlgorithms, hmacAlgorithms, publicKeyAlgorithms } from './jwt-algorithms.ts'
import type { HmacAlgorithm, PublicKeyAlgorithm } from './jwt-algorithms.ts'
import { findPublicKeys, findSecrets } from './jwt-keys.ts'
import type { FindKey, PublicKeys, Secrets } from './jwt-keys.ts'
import type { JwtRefusal } from './jwt-refusal.ts'
import type { ClaimNames, ReadClaims } from './read-claims.ts'
import type { TokenPlace } from './read-token.ts'

/** The keys of whoever signs the tokens, and the algorithms that count. Secrets and public keys are never mixed. */
export type JwtKeyOptions =
  | {
      readonly keys: JwksOptions | { readonly publicKeys: PublicKeys }
      readonly algorithms: readonly PublicKeyAlgorithm[]
    }
  | {
      readonly keys: { readonly secrets: Secrets }
      readonly algorithms: readonly HmacAlgorithm[]
    }

export type JwtAuthenticateOptions = JwtKeyOptions & {
  /** Who must have signed it (`iss`). */
  readonly issuer: string | readonly string[]
  /** Whom it must be meant for (`aud`): your app, and not another one of the same issuer. */
  readonly audience: string | readonly string[]
  /** What sort of token it must be (header `typ`), such as `at+jwt`: not one that was made for something else. */
  readonly typ: string
  /** How old it may be, whatever it says of itself. @default as long as it says */
  readonly maxAgeMs?: number
  /** By how much two clocks may differ. @default 5 s */
  readonly clockToleranceMs?: number
  /** @default bearer */
  readonly token?: TokenPlace
  /** Which claims hold groups, tenant and tier. The id is always `sub`. @default none: a principal with an id alone */
  readonly claims?: ClaimNames | ReadClaims
  /** Told why a token named nobody. It never gets the token. */
  readonly onRefused?: (reason: JwtRefusal) => unknown
  readonly now?: () => number
}

const MAX_TOLERANCE_MS = 60_000
const YEAR_MS = 365 * 86_400_000

/** Makes the finder of these keys. @throws TypeError for keys or algorithms that keep nobody out. */
export function toFinder({ keys, algorithms }: JwtKeyOptions, now: () => number): FindKey {
  if ('secrets' in keys) {
    return findSecrets(keys.secrets, checkAlgorithms(algorithms, hmacAlgorithms))
  }
  checkAlgorithms(algorithms, publicKeyAlgorithms)
  return 'publicKeys' in keys ? findPublicKeys(keys.publicKeys) : findPublishedKeys(keys, now)
}

/** Makes the rules that every token is held against. @throws TypeError or RangeError that names the option that is none. */
export function toRules(
  options: JwtAuthenticateOptions,
): JWTVerifyOptions & { readonly clockTolerance: number } {
  const { algorithms, typ, maxAgeMs, clockToleranceMs = 5000 } = options
  checkNumber('clockToleranceMs', clockToleranceMs, { min: 0, max: MAX_TOLERANCE_MS })
  if (maxAgeMs !== undefined) checkNumber('maxAgeMs', maxAgeMs, { min: 1, max: YEAR_MS })
  return {
    algorithms: [...algorithms],
    issuer: toNames('issuer', options.issuer),
    audience: toNames('audience', options.audience),
    typ: toNames('typ', typ).join(),
    requiredClaims: ['exp', 'iat', 'sub'],
    clockTolerance: clockToleranceMs / 1000,
    ...(maxAgeMs !== undefined && { maxTokenAge: maxAgeMs / 1000 }),
  }
}

/** One that is left out would not be asked for at all. */
function toNames(option: string, given: string | readonly string[]): string[] {
  const names = typeof given === 'string' ? [given] : [...(given ?? [])]
  const areNames = names.length > 0 && names.every((one) => typeof one === 'string' && one !== '')
  if (areNames) return names
  throw new TypeError(`"${option}" is required: without it, tokens made for others would do.`)
}
