import type { CloudflareImage } from '../client/cloudflare-image.ts'
import type { AccountStats } from '../client/stats.ts'
import { describe, hasCode } from './answer.ts'
import { fail, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'
import { isAccountRefused } from './check-token.ts'
import type { Probes } from './probes.ts'

/** The share of the allowance above which it is time to do something. */
const NEARLY_FULL = 0.9

const compareId =
  'Compare CLOUDFLARE_ACCOUNT_ID with the account id in the dashboard under Images, Overview, Developer Resources.'
const enableImages =
  'In the dashboard under Images, choose a plan that stores images for this account.'

/**
 * Checks that the account is there for this token. Code 5403 says either that it is another account or that it has no
 * Images; which of them, the account itself tells, if the token may read it.
 */
export async function checkAccount(probes: Probes): Promise<Finding> {
  const stats = await probes.stats()
  if (stats.ok) return ok('The account answers.')
  const { error } = stats
  if (!isAccountRefused(error)) {
    return skip(`It cannot be told while images may not be read (${describe(error)}).`)
  }
  if (hasCode(error, 7003)) return fail(`There is no such account (${describe(error)}).`, compareId)
  const account = await probes.account()
  if (account.ok) return ok('The account is there, and the token belongs to it.')
  return fail(
    `The account is another than the token’s, or it has no Images (${describe(error)}).`,
    `${compareId} If it is the same: ${enableImages}`,
  )
}

/** Checks that the account has Images, and room for more. */
export async function checkAllowance(probes: Probes): Promise<Finding> {
  const stats = await probes.stats()
  if (stats.ok) return judgeStats(stats.value)
  const { error } = stats
  if (hasCode(error, 5403) && (await probes.account()).ok) {
    return fail(`Images is not enabled for this account (${describe(error)}).`, enableImages)
  }
  return skip(`It cannot be told while the account does not answer (${describe(error)}).`)
}

/** Checks the account hash against what Cloudflare itself puts into its URLs. */
export async function checkAccountHash(probes: Probes): Promise<Finding> {
  const { accountHash } = probes.settings
  const actual = await findHash(probes)
  if (actual === undefined) {
    return skip('No draft could be made, and there is no image whose URL would show the hash.')
  }
  if (actual === accountHash) return ok('The account hash is the one in the account’s URLs.')
  const finding =
    accountHash === '' ? 'The account hash is not set.' : 'It is another account’s hash.'
  return fail(
    `${finding} The account’s is ${actual}.`,
    `Set CLOUDFLARE_IMAGES_ACCOUNT_HASH to ${actual}.`,
  )
}

async function findHash({ draft, images }: Probes): Promise<string | undefined> {
  const made = await draft()
  const [hash, id] = made.ok ? toSegments(made.value.uploadURL) : []
  if (hash && id) return hash
  const listed = await images()
  return listed.ok ? listed.value.map(toHash).find((one) => one !== undefined) : undefined
}

/** The segment before the id: an address of one's own may have others before it. */
function toHash({ id, variants: [url] }: CloudflareImage): string | undefined {
  const path = url === undefined ? '' : new URL(url).pathname
  const end = path.indexOf(`/${encodeURI(id)}/`)
  return end > 0 ? path.slice(0, end).split('/').at(-1) : undefined
}

function toSegments(url: string): readonly string[] {
  return new URL(url).pathname.split('/').slice(1)
}

function judgeStats({ current, allowed }: AccountStats): Finding {
  const share = allowed > 0 ? current / allowed : 1
  const finding = `${current} of ${allowed} images are stored (${Math.floor(share * 100)} %).`
  if (share >= 1) return fail(`${finding} No more are taken.`, enableImages)
  return share > NEARLY_FULL ? warn(finding, enableImages) : ok(finding)
}
