import type { ImageFields } from '../client/image-fields.ts'
import type { Attempt, ImageRecord } from './record.ts'

/**
 * Writes what Cloudflare is told of an image. Its creator is who our server says it is. The ids lead from an image back
 * to its attempt, whatever answer was lost.
 */
export function toCloudflareFields(
  { id: imageId, ownerId: creator, privacy, metadata }: ImageRecord,
  { id: attemptId }: Attempt,
): ImageFields {
  return { privacy, creator, metadata: { ...metadata, imageId, attemptId } }
}
