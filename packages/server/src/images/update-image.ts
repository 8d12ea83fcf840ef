import { ImagesError } from '@lightfast/core'
import type { UpdateImage } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { checkMetadata, checkPrivacy, findKind } from '../uploads/read-request.ts'
import type { Attempt, ImageRecord } from '../uploads/record.ts'
import { toCloudflareFields } from '../uploads/to-cloudflare-fields.ts'
import { move } from '../uploads/uploads-context.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findAllowed } from './find-allowed.ts'

/**
 * Changes what is known of an image. Its name is ours alone; metadata and privacy are changed at Cloudflare first. A change of privacy
 * gives the image a new id there, and makes every URL of it invalid.
 * @throws ImagesError `upload_conflict` if it is not ready, or somebody else changes it at this moment.
 */
export async function updateImage(
  context: UploadsContext,
  principal: Principal,
  { id, ...changes }: UpdateImage & { readonly id: string },
): Promise<ImageRecord> {
  const { record } = await findAllowed(context, principal, { id, action: 'update' })
  const metadata = readMetadata(context, record, changes)
  const attempt = await findWinner(context, record)
  const { filename = record.filename, privacy = record.privacy } = changes
  const next = { ...record, filename, metadata, privacy }
  const cloudflareId = await tellCloudflare(context, record, { next, attempt })
  const moved = await move(context, record, [
    'ready',
    {
      filename,
      metadata,
      privacy,
      cloudflareId,
      beside: {
        actor: principal.id,
        attempts: [{ id: attempt.id, set: { cloudflareId } }],
      },
    },
  ])
  if (moved) return moved
  throw new ImagesError('upload_conflict', 'Somebody else changed this image: read it again.')
}

/** What the server has set itself stays. */
function readMetadata(
  { kinds }: UploadsContext,
  record: ImageRecord,
  changes: UpdateImage,
): ImageRecord['metadata'] {
  const kind = findKind(record.kind, kinds)
  checkPrivacy(changes, kind)
  if (!changes.metadata) return record.metadata
  checkMetadata(changes.metadata, kind)
  const { keys = [] } = kind.metadata ?? {}
  const ours = Object.entries(record.metadata).filter(([key]) => !keys.includes(key))
  return { ...Object.fromEntries(ours), ...changes.metadata }
}

interface Winner extends Attempt {
  readonly cloudflareId: string
}

async function findWinner(
  { store }: UploadsContext,
  { state, attemptId, cloudflareId }: ImageRecord,
): Promise<Winner> {
  const attempt = attemptId === null ? undefined : await store.attempts.find(attemptId)
  if (state === 'ready' && attempt && cloudflareId !== null) return { ...attempt, cloudflareId }
  throw new ImagesError('upload_conflict', 'This image is not ready yet.')
}

interface Told {
  readonly next: ImageRecord
  readonly attempt: Winner
}

/** Answers Cloudflare's id of the image from now on. */
async function tellCloudflare(
  { client }: UploadsContext,
  before: ImageRecord,
  { next, attempt }: Told,
): Promise<string> {
  const { metadata } = toCloudflareFields(next, attempt)
  const { cloudflareId } = attempt
  if (JSON.stringify(next.metadata) !== JSON.stringify(before.metadata)) {
    await client.images.update(cloudflareId, { ...(metadata && { metadata }) })
  }
  if (next.privacy === before.privacy) return cloudflareId
  return (await client.images.update(cloudflareId, { privacy: next.privacy })).id
}
