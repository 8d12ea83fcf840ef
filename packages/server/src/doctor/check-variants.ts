import { describe } from './answer.ts'
import { fail, list, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'
import type { Probes } from './probes.ts'

/** @see https://developers.cloudflare.com/images/optimization/hosted-images/create-variants/ */
const MAX_VARIANTS = 100
const NEARLY_ALL = 90

/** Checks that the variants are there which the app delivers. */
export async function checkVariants(
  { variants }: Probes,
  required: readonly string[],
): Promise<Finding> {
  const answer = await variants()
  if (!answer.ok) return cannotRead(describe(answer.error))
  const missing = required.filter((name) => !answer.value.some(({ id }) => id === name))
  if (missing.length === 0) return ok(`What is needed is there: ${list(required)}.`)
  return fail(
    `There is no variant called ${list(missing)}.`,
    'Create it in the dashboard under Images, Hosted images, Variants, or let the app create it with client.variants.',
  )
}

/** Looks for variants that anybody may read: through these, a private image is not private. */
export async function checkPublicVariants({ variants }: Probes): Promise<Finding> {
  const answer = await variants()
  if (!answer.ok) return skip(`The variants could not be read (${describe(answer.error)}).`)
  const open = answer.value.filter((variant) => variant.neverRequireSignedURLs)
  if (open.length === 0) return ok('No variant shows private images to everybody.')
  return warn(
    `Through ${list(open.map(({ id }) => id))} everybody can see private images, without a signature.`,
    'If that is not meant so, turn off “Always allow public access” for it in the dashboard under Images, Hosted images, Variants.',
  )
}

/** Counts the variants: over the limit, Cloudflare creates no more. */
export async function checkVariantCount({ variants }: Probes): Promise<Finding> {
  const answer = await variants()
  if (!answer.ok) return skip(`The variants could not be read (${describe(answer.error)}).`)
  const { length } = answer.value
  const finding = `${length} of ${MAX_VARIANTS} variants are in use.`
  if (length < NEARLY_ALL) return ok(finding)
  return warn(
    finding,
    'Delete those that no page uses, in the dashboard under Images, Hosted images, Variants.',
  )
}

function cannotRead(said: string): Finding {
  return fail(
    `The variants could not be read (${said}).`,
    'Try again; if it stays so, compare the permissions of the token.',
  )
}
