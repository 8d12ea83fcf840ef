import { describe } from './answer.ts'
import type { Asked } from './ask-api.ts'
import { fail, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'
import type { Probes } from './probes.ts'

/** What to do about a limit that is used up. */
export const waitForLimit =
  'Wait five minutes, and look for what else calls the API with the same user.'

const SKEW_WARNING_MS = 30_000
const SKEW_FAILURE_MS = 300_000

/** Checks that whoever answers is the API. What it answers does not matter yet. */
export async function checkConnection({ connection, settings }: Probes): Promise<Finding> {
  const asked = await connection()
  const { host } = new URL(settings.baseUrl)
  if (isApi(asked)) return ok(`${host} answered in ${Math.round(asked.tookMs)} ms.`)
  return judgeSilence(asked, host)
}

/** Asks whether the reply was one of the API, be it a refusal. */
export function isApi({ answer }: Asked): boolean {
  return answer.ok || answer.error.cloudflareCodes.length > 0
}

/** Compares the clocks: URLs that expire, and slots, are made by ours and judged by theirs. */
export async function checkClock({ connection }: Probes): Promise<Finding> {
  const { theirTime, ourTime } = await connection()
  if (theirTime === undefined) return skip('The reply had no Date header to compare with.')
  const skewMs = ourTime - theirTime
  const finding = `This machine’s clock is ${describeSkew(skewMs)}.`
  const fix = 'Let the machine take its time from the network (NTP).'
  if (Math.abs(skewMs) > SKEW_FAILURE_MS) {
    return fail(`${finding} Signed URLs and upload slots expire at the wrong time.`, fix)
  }
  if (Math.abs(skewMs) > SKEW_WARNING_MS) return warn(finding, fix)
  return ok('This machine’s clock and Cloudflare’s agree.')
}

function judgeSilence({ answer }: Asked, host: string): Finding {
  if (answer.ok) return ok(`${host} answered.`)
  const { error } = answer
  const { status } = error
  if (status === undefined) {
    return fail(
      `${host} could not be asked: ${describe(error)}.`,
      'Check the network, the DNS, a proxy or firewall in between, and CLOUDFLARE_BASE_URL.',
    )
  }
  if (status === 429) return fail(`${host} answers HTTP 429: the limit is used up.`, waitForLimit)
  if (status >= 500) {
    return fail(
      `${host} answers ${describe(error)}: it has trouble itself.`,
      'Look at https://www.cloudflarestatus.com and try again later.',
    )
  }
  return fail(
    `${host} answers ${describe(error)}, and not as the API does.`,
    'Check CLOUDFLARE_BASE_URL, which ends in /client/v4, and whether a proxy answers in its place.',
  )
}

function describeSkew(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  const far = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`
  return `${far} ${skewMs > 0 ? 'ahead' : 'behind'}`
}
