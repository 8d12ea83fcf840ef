import type { CloudflareImage } from '../client/cloudflare-image.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/**
 * Has a ready record follow its image to the id that it has now: a change of privacy gives a new one, and whoever made the change
 * may not have lived to write it down.
 */
export async function followImage(
  context: UploadsContext,
  record: ImageRecord,
  { attempt, image }: { readonly attempt: Attempt; readonly image: CloudflareImage },
): Promise<void> {
  const cloudflareId = image.id
  const privacy = image.requireSignedURLs ? 'private' : 'public'
  const attempts = [{ id: attempt.id, set: { cloudflareId } }]
  const beside = { actor: 'reconcile', attempts }
  const attemptId = attempt.id
  await move(context, record, ['ready', { attemptId, cloudflareId, privacy, beside }])
}
