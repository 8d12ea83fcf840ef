import type { Api, CallOptions } from './api.ts'
import { cloudflareImage } from './cloudflare-image.ts'
import type { CloudflareImage, Metadata } from './cloudflare-image.ts'
import { getImage } from './get-image.ts'
import { checkCreator, isPrivate, toMetadataJson } from './image-fields.ts'
import { checkImageId } from './image-id.ts'

/** What to change. What is not named stays. */
export interface ImageChanges {
  /** Replaces the metadata as a whole. */
  readonly metadata?: Metadata
  readonly privacy?: 'private' | 'public'
  /** Null: nobody. */
  readonly creator?: string | null
}

/** Changes an image. */
export async function updateImage(
  api: Api,
  { id, ...changes }: ImageChanges & { readonly id: string },
  options?: CallOptions,
): Promise<CloudflareImage> {
  const { privacy } = changes
  const path = ['v1', checkImageId(id)]
  const body = toBody(changes)
  return api.call(
    {
      operation: 'images.update',
      method: 'PATCH',
      path,
      repeat: privacy ? 'unsafe' : 'safe',
      host: 'batch',
      makeBody: () => body,
      result: cloudflareImage,
      readBack: (left) => readChanged(getImage(api, id, left), changes),
    },
    options,
  )
}

function toBody({ metadata, privacy, creator }: ImageChanges): string {
  if (metadata) toMetadataJson(metadata)
  if (creator) checkCreator(creator)
  const requireSignedURLs = privacy && isPrivate(privacy)
  return JSON.stringify({ metadata, creator, requireSignedURLs })
}

/**
 * An image that still has its old id can be changed again. If it is gone, it may have a new id, which nobody knows: the
 * reading fails then, and with it the update.
 */
async function readChanged(
  reading: Promise<CloudflareImage>,
  { metadata, privacy, creator }: ImageChanges,
): Promise<CloudflareImage | undefined> {
  const image = await reading
  const isOnlyPrivacy = metadata === undefined && creator === undefined
  return isOnlyPrivacy && image.requireSignedURLs === (privacy === 'private') ? image : undefined
}
