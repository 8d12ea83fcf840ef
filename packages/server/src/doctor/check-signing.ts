import { buildDeliveryUrl } from '@lightfast/core'
import { signUrl } from '../delivery/sign-url.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { describe } from './answer.ts'
import { fail, list, ok, skip } from './check.ts'
import type { Finding } from './check.ts'
import type { Probes } from './probes.ts'

/** How long the signed URL holds that is tried: it is used at once. */
const LIFE_MS = 300_000

/** Checks that the account has a key to sign with. */
export async function checkSigningKey({ keys }: Probes): Promise<Finding> {
  const answer = await keys()
  if (!answer.ok) {
    return fail(
      `The signing keys could not be read (${describe(answer.error)}), so no private image can be shown.`,
      'The token needs the permission Account, Cloudflare Images, Edit.',
    )
  }
  if (answer.value.length > 0) {
    return ok(`There is a signing key: ${list(answer.value.map(({ name }) => name))}.`)
  }
  return fail(
    'The account has no signing key, so no private image can be shown.',
    'Create one in the dashboard under Images, Hosted images, Keys.',
  )
}

/** Checks that a URL which is signed here is accepted there, on a private image if there is one. */
export async function checkSignedUrl(probes: Probes): Promise<Finding> {
  const url = await makeSignedUrl(probes)
  if (typeof url !== 'string') return url
  const answer = await probes.deliver(url)
  if (!answer.ok) {
    return fail(
      `The delivery host could not be asked: ${describe(answer.error)}.`,
      'Check CLOUDFLARE_IMAGES_DELIVERY_URL and the network.',
    )
  }
  const status = answer.value
  if (status < 300) return ok('A URL that was signed here shows a private image.')
  return fail(
    `A URL that was signed here was refused with HTTP ${status}.`,
    'Compare CLOUDFLARE_IMAGES_ACCOUNT_HASH, CLOUDFLARE_IMAGES_DELIVERY_URL and the clock.',
  )
}

/** A variant that everybody can read would prove nothing, and neither would a public image. */
async function makeSignedUrl(probes: Probes): Promise<string | Finding> {
  const [keys, images, variants] = [
    await probes.keys(),
    await probes.images(),
    await probes.variants(),
  ]
  if (!keys.ok || !images.ok || !variants.ok) {
    return skip('Keys, images or variants could not be read.')
  }
  const key = keys.value.find(({ name }) => name === 'default') ?? keys.value[0]
  const variant = variants.value.find((one) => !one.neverRequireSignedURLs)
  const image = images.value.find((one) => one.requireSignedURLs)
  const { accountHash, deliveryOrigin: origin } = probes.settings
  if (!image) return skip('There is no private image among the newest ones to try it on.')
  if (!key || !variant || accountHash === '') {
    return skip('There is no key, no hash, or no variant that asks for signatures.')
  }
  const parts = { accountHash, imageId: image.id, variant: variant.id, origin }
  const signingKey = await importSigningKey(key.value)
  return signUrl(buildDeliveryUrl(parts), probes.now() + LIFE_MS, signingKey)
}
