import { buildDeliveryUrl, ImagesError } from '@lightfast/core'
import type { SignedUrl } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { imageExpiry } from '../delivery/sign-url-expiry.ts'
import { signUrl } from '../delivery/sign-url.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findAllowed } from './find-allowed.ts'
import type { Allowed } from './find-allowed.ts'

const URL_BUCKET_MS = 300_000

/**
 * Makes the URL of one variant of an image, for a principal who may see it.
 * @throws ImagesError `upload_conflict` while the image is not ready; `forbidden` if it is shown with a mark only, and nothing here can draw one.
 */
export async function signImageUrl(
  context: UploadsContext,
  principal: Principal,
  { id, variant }: { readonly id: string; readonly variant: string },
): Promise<SignedUrl> {
  checkVariant(context, variant)
  const allowed = await findAllowed(context, principal, { id, action: 'view' })
  if (allowed.record.state !== 'ready') {
    throw new ImagesError('upload_conflict', 'This image is not ready yet.')
  }
  const made = await makeUrl(context, principal, { ...allowed, variant })
  if (made) return made
  throw new ImagesError('forbidden', 'This image is shown with a watermark only: set up a gateway.')
}

/** Makes a URL if there can be one. Who is obliged to a mark gets no other address than the gateway's. */
export async function makeUrl(
  context: UploadsContext,
  principal: Principal,
  { record, decision, variant }: Allowed & { readonly variant: string },
): Promise<SignedUrl | undefined> {
  if (record.state !== 'ready' || !record.cloudflareId) return undefined
  if (decision.obligations.includes('watermark')) {
    return context.gateway?.mint(principal, record, { preset: variant })
  }
  return sign(context, record, { cloudflareId: record.cloudflareId, variant })
}

/** What a signature does to a public image is not documented, so it gets none. */
async function sign(
  { delivery, now }: UploadsContext,
  { privacy }: ImageRecord,
  { cloudflareId, variant }: { readonly cloudflareId: string; readonly variant: string },
): Promise<SignedUrl> {
  const { accountHash, origin, urlMs, signingKey } = delivery
  const url = buildDeliveryUrl({ accountHash, imageId: cloudflareId, variant, origin })
  const expiresAt = imageExpiry(cloudflareId, now(), { ttlMs: urlMs, bucketMs: URL_BUCKET_MS })
  return { url: privacy === 'public' ? url : await signUrl(url, expiresAt, signingKey), expiresAt }
}

/** A variant that no rule of ours knows might show more than its asker may see. */
export function checkVariant({ delivery }: UploadsContext, variant: string): void {
  if (delivery.variants.includes(variant)) return
  throw new ImagesError('invalid_request', 'There is no such variant.', { field: 'variant' })
}
