import { errors } from 'jose'

/** Why a token names nobody. For logs and counters: clients learn nothing but that they are nobody. */
export type JwtRefusal =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'type'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet'
  /** A claim is missing, or is not what it should be. */
  | 'claims'
  /** There is no key to check it with: they could not be fetched. */
  | 'keys-unavailable'

/** Sorts what went wrong with a token. */
export function toRefusal(error: unknown): JwtRefusal {
  if (error instanceof errors.JWTClaimValidationFailed) return toClaimRefusal(error)
  if (!(error instanceof errors.JOSEError)) return 'keys-unavailable'
  return Object.entries(refusals).find(([code]) => code === error.code)?.[1] ?? 'keys-unavailable'
}

const refusals: Readonly<Record<string, JwtRefusal>> = {
  ERR_JWS_INVALID: 'malformed',
  ERR_JWT_INVALID: 'malformed',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'unknown-key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'unknown-key',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWT_EXPIRED: 'expired',
}

function toClaimRefusal({ claim, reason }: errors.JWTClaimValidationFailed): JwtRefusal {
  if (claim === 'typ') return 'type'
  if (reason === 'missing' || reason === 'invalid') return 'claims'
  if (claim === 'iss') return 'issuer'
  if (claim === 'aud') return 'audience'
  return claim === 'nbf' || claim === 'iat' ? 'not-yet' : 'claims'
}
