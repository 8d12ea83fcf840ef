import type { Asked } from './ask-api.ts'
import type { TokenVerdict } from './probes.ts'

/**
 * Reads what Cloudflare says of a token. A token of an account, and not of a person, is unknown at the first address and
 * known at the account's; where there is no such address at all, nobody can be asked.
 * @see https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/
 * @see https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/verify/
 */
export async function toVerdict(
  asPerson: Asked,
  askAccount: () => Promise<Asked>,
): Promise<TokenVerdict> {
  const verdict = readVerdict(asPerson)
  return verdict.status === 'unknown' ? readVerdict(await askAccount()) : verdict
}

function readVerdict({ answer }: Asked): TokenVerdict {
  if (answer.ok) return readResult(answer.value)
  const { status = 0 } = answer.error
  return { status: [400, 401, 403].includes(status) ? 'unknown' : 'unasked' }
}

function readResult(result: unknown): TokenVerdict {
  if (typeof result !== 'object' || result === null || !('status' in result)) {
    return { status: 'unasked' }
  }
  const { status } = result
  if (status === 'disabled' || status === 'expired') return { status }
  if (status !== 'active') return { status: 'unasked' }
  const expiresAt = 'expires_on' in result ? Date.parse(String(result.expires_on)) : NaN
  return Number.isNaN(expiresAt) ? { status } : { status, expiresAt }
}
