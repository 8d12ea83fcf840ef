import * as v from 'valibot'
import { checkNumber } from '../read-config.ts'
import type { Api, CallOptions } from './api.ts'
import { toImageForm } from './image-fields.ts'
import type { ImageFields } from './image-fields.ts'

/** The metadata is shown to whoever uploads: no secrets. */
export type CreateDirectUpload = ImageFields & {
  /** When the one-time URL expires, in ms since the epoch: 2 minutes to 6 hours ahead, less 30 s at both ends. */
  readonly expiresAt: number
}

export interface CreatedDirectUpload {
  readonly id: string
  /** Whoever has it can upload one image: it belongs to one browser and to no log. */
  readonly uploadURL: string
}

export interface DirectUploadsResource {
  /**
   * Gets a one-time URL to which a browser can post one file. Safe to repeat: a draft that nobody uses is
   * in no list and expires. With an id of your own it is not, since that is taken then.
   * @throws TypeError or RangeError if Cloudflare would refuse an option.
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

const MIN_LIFE_MS = 120_000
const MAX_LIFE_MS = 21_600_000

/** Cloudflare's clock decides, and when the call arrives. */
const MARGIN_MS = 30_000

/** Makes the calls about direct uploads. */
export function createDirectUploads(api: Api): DirectUploadsResource {
  return { create: (upload, options) => createDirectUpload(api, upload, options) }
}

async function createDirectUpload(
  api: Api,
  upload: CreateDirectUpload,
  options?: CallOptions,
): Promise<CreatedDirectUpload> {
  const form = toForm(upload, api.surroundings.now())
  return api.call(
    {
      operation: 'directUploads.create',
      method: 'POST',
      path: ['v2', 'direct_upload'],
      repeat: upload.id === undefined ? 'safe' : 'unsafe',
      host: 'batch',
      makeBody: () => form,
      result: createdDirectUpload,
    },
    options,
  )
}

function toForm({ expiresAt, ...fields }: CreateDirectUpload, now: number): FormData {
  const life = { min: MIN_LIFE_MS + MARGIN_MS, max: MAX_LIFE_MS - MARGIN_MS }
  checkNumber('expiresAt: its distance from now in ms', expiresAt - now, life)
  const form = toImageForm(fields)
  form.set('expiry', new Date(expiresAt).toISOString())
  return form
}
