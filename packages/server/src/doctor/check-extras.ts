import { describe } from './answer.ts'
import { list, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'
import type { Probes } from './probes.ts'

/** Checks that the batch host can be used, which takes many more calls than the API. */
export async function checkBatchToken({ batchToken }: Probes): Promise<Finding> {
  const answer = await batchToken()
  if (answer.ok) return ok('A token for the batch host can be had: 200 calls a second.')
  return warn(
    `No token for the batch host can be had (${describe(answer.error)}): 1,200 calls in 5 minutes are the limit.`,
    'It needs the permission Account, Cloudflare Images, Edit. Without it the client goes on over the API.',
  )
}

/** Tells whether sizes can be asked for in URLs. There is no documented way to read that, so it may stay unknown. */
export async function checkFlexibleVariants({ config }: Probes): Promise<Finding> {
  const answer = await config()
  const on = answer.ok ? readFlag(answer.value) : undefined
  if (on === undefined) {
    return skip(
      'It cannot be read.',
      'Look in the dashboard under Images, Hosted images, Delivery.',
    )
  }
  return on
    ? ok('Flexible variants are on: public images in any size, private ones in none of these.')
    : ok('Flexible variants are off: named variants only.')
}

/** Lists where notifications go. Few tokens may read that. */
export async function checkNotifications({ destinations }: Probes): Promise<Finding> {
  const answer = await destinations()
  const where =
    'Look in the dashboard under Notifications, Destinations, for a webhook of this app. To let the token look, give it the permission Account, Notifications, Read.'
  if (!answer.ok) {
    return skip(`The destinations could not be listed (${describe(answer.error)}).`, where)
  }
  const names = readNames(answer.value)
  if (names.length === 0) {
    return skip('No webhook is set up: uploads are confirmed by asking Cloudflare.', where)
  }
  return ok(`Webhooks are set up: ${list(names)}.`)
}

function readFlag(config: unknown): boolean | undefined {
  if (typeof config !== 'object' || config === null) return undefined
  const on = 'flexible_variants' in config ? config.flexible_variants : undefined
  return typeof on === 'boolean' ? on : undefined
}

/** Names only: an address may hold a secret. */
function readNames(destinations: unknown): readonly string[] {
  if (!Array.isArray(destinations)) return []
  return destinations.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'name' in one ? [String(one.name)] : [],
  )
}
