import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'
import type { CloudflareImage } from './cloudflare-image.ts'
import { getImage } from './get-image.ts'
import { checkImageId } from './image-id.ts'
import { listImages, listPage } from './image-list.ts'
import type { ImageListQuery, ImagePage } from './image-list.ts'
import { updateImage } from './update-image.ts'
import type { ImageChanges } from './update-image.ts'
import { uploadImage } from './upload-image.ts'
import type { UploadOptions, UploadSource } from './upload-image.ts'
import { toDeleted } from './when-missing.ts'
import type { DeleteOptions } from './when-missing.ts'

/** @see https://developers.cloudflare.com/api/resources/images/ */
export interface ImagesResource {
  /**
   * Uploads an image of 10 MB at most. A stream is read into memory first, within that limit and the deadline, since
   * neither a form nor a second attempt can do without.
   *
   * It is not safe to repeat: one file could become two images. If an answer is lost, the image is looked for by
   * its own id, or by `metadata.attemptId`, and found or not sent twice; without either, the call fails.
   * @throws TypeError or RangeError if Cloudflare would refuse an option.
   */
  readonly upload: (source: UploadSource, options: UploadOptions) => Promise<CloudflareImage>
  /**
   * Reads an image, drafts included.
   * @throws ImagesError `not_found` if there is none.
   */
  readonly get: (id: string, options?: CallOptions) => Promise<CloudflareImage>
  /**
   * Goes through all images, without drafts, page after page. Each page is a call of its own, with retries and a
   * deadline. The newest images may be missing for a while.
   */
  readonly list: (
    query?: ImageListQuery,
    options?: CallOptions,
  ) => AsyncGenerator<CloudflareImage, void, undefined>
  /** Reads one page of the list. */
  readonly listPage: (query?: ImageListQuery, options?: CallOptions) => Promise<ImagePage>
  /**
   * Changes an image. A change of `privacy` gives it a **new id**, which is in the answer; the old one is gone then, and
   * with it every URL that was made of it.
   */
  readonly update: (
    id: string,
    changes: ImageChanges,
    options?: CallOptions,
  ) => Promise<CloudflareImage>
  /**
   * Deletes an image for good.
   * @throws ImagesError `not_found` if there is none, unless that is `missingOk`.
   */
  readonly delete: (id: string, options?: DeleteOptions) => Promise<'deleted' | 'missing'>
  /** Downloads the original, 25 MB at most. Cloudflare may give a large one back a little changed. */
  readonly blob: (id: string, options?: CallOptions) => Promise<Blob>
}

const MAX_BLOB_BYTES = 25_000_000

/** Makes the calls about images. */
export function createImages(api: Api): ImagesResource {
  return {
    upload: (source, options) => uploadImage(api, source, options),
    get: (id, options) => getImage(api, id, options),
    async *list(query = {}, options) {
      yield* listImages(api, query, options)
    },
    listPage: (query = {}, options) => listPage(api, query, options),
    update: (id, changes, options) => updateImage(api, { ...changes, id }, options),
    delete: async (id, options = {}) => toDeleted(deleteImage(api, id, options), options),
    blob: (id, options) => downloadImage(api, id, options),
  }
}

async function deleteImage(api: Api, id: string, options: CallOptions): Promise<unknown> {
  return api.call(
    {
      operation: 'images.delete',
      method: 'DELETE',
      path: ['v1', checkImageId(id)],
      repeat: 'safe',
      host: 'batch',
      result: v.unknown(),
    },
    options,
  )
}

async function downloadImage(api: Api, id: string, options?: CallOptions): Promise<Blob> {
  return api.call(
    {
      operation: 'images.blob',
      method: 'GET',
      path: ['v1', checkImageId(id), 'blob'],
      repeat: 'safe',
      format: 'blob',
      maxBytes: MAX_BLOB_BYTES,
      result: v.instance(Blob),
    },
    options,
  )
}
