import { jwtVerify, SignJWT } from 'jose'
import type { CompactJWSHeaderParameters } from 'jose'
import type { ViewKeys } from './view-keys.ts'
import { toClaims, tokenTypes, toRight } from './view-right.ts'
import type { ViewRight } from './view-right.ts'

export interface ViewTokens {
  /** The same right gives the same token: neither algorithm throws dice. */
  readonly sign: (right: ViewRight) => Promise<string>
  /** Undefined for whatever is not a token of ours that lives: nobody is told why. */
  readonly verify: (token: string) => Promise<ViewRight | undefined>
}

export interface ViewTokenOptions {
  readonly keys: ViewKeys
  readonly issuer: string
  readonly audience: string
  readonly now: () => number
}

const algorithms: ('HS256' | 'EdDSA')[] = ['HS256', 'EdDSA']
const requiredClaims = ['iss', 'aud', 'sub', 'iat', 'exp', 'img', 'pre', 'epo']
const MAX_TOKEN_LENGTH = 4096
/** How many verified tokens are known by heart: a page asks for the same few again and again. */
const KNOWN_TOKENS = 2048

/** Makes what signs and verifies view tokens. */
export function createViewTokens(options: ViewTokenOptions): ViewTokens {
  const { keys, issuer, audience, now } = options
  /** What a signature covers never changes, so it is verified once. Whether it lives is asked each time. */
  const known = new Map<string, ViewRight>()

  const findKey = (header: CompactJWSHeaderParameters) => findVerifyKey(keys, header)

  async function verifySignature(token: string): Promise<ViewRight | undefined> {
    const rules = { algorithms, requiredClaims, issuer, audience, currentDate: new Date(now()) }
    const verified = await jwtVerify(token, findKey, rules).catch(() => undefined)
    return verified && toRight(verified.protectedHeader.typ, verified.payload)
  }

  function remember(token: string, right: ViewRight): void {
    known.set(token, right)
    if (known.size <= KNOWN_TOKENS) return
    for (const oldest of known.keys()) return void known.delete(oldest)
  }

  return {
    async sign(right) {
      const { kid, alg, signKey } = keys.signer
      return new SignJWT(toClaims(right))
        .setProtectedHeader({ alg, kid, typ: tokenTypes[right.kind] })
        .setIssuer(issuer)
        .setAudience(audience)
        .sign(signKey)
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) return undefined
      const right = known.get(token) ?? (await verifySignature(token))
      if (!right || right.expiresAt <= now() || right.expiresAt <= right.issuedAt) return undefined
      remember(token, right)
      return right
    },
  }
}

/** One key and no other, and by its own algorithm only. */
function findVerifyKey(keys: ViewKeys, { kid, alg }: CompactJWSHeaderParameters): CryptoKey {
  const key = typeof kid === 'string' ? keys.find(kid) : undefined
  if (!key || key.alg !== alg) throw new TypeError('There is no such key.')
  return key.verifyKey
}
