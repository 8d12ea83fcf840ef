import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'

export interface CreateDirectUpload {
  /** When the one-time URL expires, in ms since the epoch: 2 minutes to 6 hours ahead. */
  readonly expiresAt: number
  /** Private images are delivered by signed URLs only. */
  readonly privacy: 'private' | 'public'
  /** At most 1024 bytes as JSON. The upload host shows it to whoever uploads: no secrets. */
  readonly metadata?: Readonly<Record<string, string>>
  readonly creator?: string
}

export interface CreatedDirectUpload {
  readonly id: string
  /** Whoever has it can upload one image: it belongs to one browser and to no log. */
  readonly uploadURL: string
}

export interface DirectUploadsResource {
  /**
   * Gets a one-time URL to which a browser can post one file. Safe to repeat: a draft that nobody uses is
   * in no list and expires.
   * @see https://developers.cloudflare.com/images/storage/upload-images/direct-creator-upload/
   */
  readonly create: (
    upload: CreateDirectUpload,
    options?: CallOptions,
  ) => Promise<CreatedDirectUpload>
}

const createdDirectUpload: v.GenericSchema<unknown, CreatedDirectUpload> = v.object({
  id: v.string(),
  uploadURL: v.pipe(v.string(), v.url()),
})

export function createDirectUploads(api: Api): DirectUploadsResource {
  return {
    create: (upload, options) =>
      api.call(
        {
          operation: 'directUploads.create',
          method: 'POST',
          path: ['v2', 'direct_upload'],
          circuit: 'write',
          repeat: 'safe',
          makeBody: () => toForm(upload),
          result: createdDirectUpload,
        },
        options,
      ),
  }
}

/** `metadata` is one JSON string: the form fields `metadata[key]` of some clients are not documented. */
function toForm({ expiresAt, privacy, metadata, creator }: CreateDirectUpload): FormData {
  const form = new FormData()
  form.set('expiry', new Date(expiresAt).toISOString())
  form.set('requireSignedURLs', String(privacy === 'private'))
  if (metadata) form.set('metadata', JSON.stringify(metadata))
  if (creator !== undefined) form.set('creator', creator)
  return form
}
