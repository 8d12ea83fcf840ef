import { jwtVerify } from 'jose'
import type { Authenticate, Principal } from '../principal.ts'
import { toFinder, toRules } from './jwt-options.ts'
import type { JwtAuthenticateOptions } from './jwt-options.ts'
import { toRefusal } from './jwt-refusal.ts'
import type { JwtRefusal } from './jwt-refusal.ts'
import { readClaims } from './read-claims.ts'
import { readToken } from './read-token.ts'

/** The longest token that is looked at: servers refuse headers that are not much longer. */
const MAX_TOKEN_LENGTH = 8192

/**
 * Makes an `authenticate` that names whoever a signed token names. Whatever is wrong with a token, it names nobody, and is no
 * exception. Each must say when it was made, when it ends and whom it names (`iat`, `exp`, `sub`).
 * @throws TypeError or RangeError that names the option that is none.
 */
export function createJwtAuthenticate(options: JwtAuthenticateOptions): Authenticate {
  const { token: place = 'bearer', claims = {}, onRefused, now = () => Date.now() } = options
  const findKey = toFinder(options, now)
  const rules = toRules(options)

  return async function authenticate(request) {
    const named = await nameSender(request)
    if (typeof named !== 'string') return named
    void tell(onRefused, named)
    return null
  }

  async function nameSender(request: Request): Promise<Principal | JwtRefusal | null> {
    try {
      const token = readToken(request, place)
      if (token === undefined) return null
      return token.length > MAX_TOKEN_LENGTH ? 'malformed' : await verify(token)
    } catch (error) {
      return toRefusal(error)
    }
  }

  async function verify(token: string): Promise<Principal | JwtRefusal> {
    const at = now()
    const { payload } = await jwtVerify(token, findKey, { ...rules, currentDate: new Date(at) })
    const { iat = Infinity } = payload
    if (iat > at / 1000 + rules.clockTolerance) return 'not-yet'
    return readClaims(payload, claims) ?? 'claims'
  }
}

async function tell(
  onRefused: JwtAuthenticateOptions['onRefused'],
  reason: JwtRefusal,
): Promise<void> {
  try {
    await onRefused?.(reason)
  } catch {
    // Whoever listens has to look after their own failures.
  }
}
