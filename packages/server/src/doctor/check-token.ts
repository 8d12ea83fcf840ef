import type { ImagesError } from '@lightfast/core'
import { describe, hasCode } from './answer.ts'
import { fail, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'
import { waitForLimit } from './check-connection.ts'
import type { Probes } from './probes.ts'

const DAY_MS = 86_400_000
const SOON_MS = 14 * DAY_MS

const newToken =
  'In the dashboard under My Profile, API Tokens, create a token with the permission Account, Cloudflare Images, Edit for this account, and put it into CLOUDFLARE_API_TOKEN. A global API key will not do.'

const addPermission =
  'In the dashboard under My Profile, API Tokens, edit the token: it needs the permission Account, Cloudflare Images, Edit, and this account among its resources. Compare CLOUDFLARE_ACCOUNT_ID as well.'

/** Checks that Cloudflare knows the token, whatever it may do. Where nobody can be asked, a call of Images tells. */
export async function checkToken(probes: Probes): Promise<Finding> {
  const verdict = await probes.token()
  if (verdict.status === 'active') return judgeExpiry(verdict.expiresAt, probes.now())
  if (verdict.status === 'disabled' || verdict.status === 'expired') {
    return fail(`The token is ${verdict.status}.`, newToken)
  }
  const stats = await probes.stats()
  if (stats.ok) return ok('The token was accepted by a call of Images.')
  if (isUnknownToken(stats.error)) {
    return fail(`Cloudflare does not know this token (${describe(stats.error)}).`, newToken)
  }
  if (verdict.status === 'unknown') return fail('Cloudflare does not know this token.', newToken)
  return skip(`The token could not be verified (${describe(stats.error)}).`)
}

/** Checks that the token may read images. */
export async function checkReadAccess({ stats }: Probes): Promise<Finding> {
  const answer = await stats()
  if (answer.ok) return ok('The token may read images.')
  return judgeRefusal(answer.error, 'read images')
}

/** Checks that the token may write, by the one write that leaves nothing behind. */
export async function checkWriteAccess({ draft }: Probes): Promise<Finding> {
  const answer = await draft()
  if (!answer.ok) return judgeRefusal(answer.error, 'make uploads')
  const { id, lifeMs } = answer.value
  const minutes = Math.ceil(lifeMs / 60_000)
  return ok(
    `The token may write. For this the draft ${id} was made: it is in no list, and expires by itself in ${minutes} minutes.`,
  )
}

/** What a refused call says of the token. */
function judgeRefusal(error: ImagesError, what: string): Finding {
  const said = describe(error)
  if (isUnknownToken(error)) return skip(`It cannot be told while the token is refused (${said}).`)
  if (isAccountRefused(error)) {
    return skip(`It cannot be told while the account is refused (${said}).`)
  }
  if (hasCode(error, 9109)) {
    return fail(
      `The token may not ${what} here (${said}).`,
      `${addPermission} If the token has a filter of IP addresses, this machine’s must be in it.`,
    )
  }
  if (error.status === 403) return fail(`The token may not ${what} (${said}).`, addPermission)
  return judgeTrouble(error, what)
}

/** What has nothing to do with the token. */
function judgeTrouble(error: ImagesError, what: string): Finding {
  const said = describe(error)
  if (error.code === 'rate_limited') {
    return fail(`The account’s limit of calls is used up (${said}).`, waitForLimit)
  }
  return fail(
    `It could not be found out whether the token may ${what} (${said}).`,
    'Look at https://www.cloudflarestatus.com and try again later.',
  )
}

/**
 * Asks whether it is the token that nobody knows: 401, or 400 for one in a form that no token has (6003, 6111).
 * @see https://developers.cloudflare.com/fundamentals/api/troubleshooting/
 */
function isUnknownToken(error: ImagesError): boolean {
  return error.status === 401 || hasCode(error, 1000) || hasCode(error, 6003)
}

/** Asks whether it is the account: not authorised for Images, or not there. */
export function isAccountRefused(error: ImagesError): boolean {
  return hasCode(error, 5403) || hasCode(error, 7003)
}

function judgeExpiry(expiresAt: number | undefined, now: number): Finding {
  if (expiresAt === undefined) return ok('The token is active and does not expire.')
  const day = new Date(expiresAt).toISOString().slice(0, 10)
  if (expiresAt - now > SOON_MS) return ok(`The token is active until ${day}.`)
  return warn(`The token is active, but only until ${day}.`, newToken)
}
