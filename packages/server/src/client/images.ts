import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'
import { checkImageId } from './image-id.ts'

/** An image as Cloudflare describes it. */
export interface CloudflareImage {
  readonly id: string
  /** True until the bytes have arrived and were accepted. Its absence is the only sign of completion. */
  readonly draft: boolean
  readonly requireSignedURLs: boolean
  readonly meta: Readonly<Record<string, unknown>>
}

export interface ImagesResource {
  /**
   * Reads an image, drafts included.
   * @throws ImagesError `not_found` if there is none.
   * @see https://developers.cloudflare.com/api/resources/images/subresources/v1/methods/get/
   */
  readonly get: (id: string, options?: CallOptions) => Promise<CloudflareImage>
}

const cloudflareImage: v.GenericSchema<unknown, CloudflareImage> = v.object({
  id: v.string(),
  draft: v.optional(v.boolean(), false),
  requireSignedURLs: v.optional(v.boolean(), false),
  meta: v.optional(v.record(v.string(), v.unknown()), {}),
})

export function createImages(api: Api): ImagesResource {
  return {
    get: (id, options) =>
      api.call(
        {
          operation: 'images.get',
          method: 'GET',
          path: ['v1', checkImageId(id)],
          circuit: 'read',
          repeat: 'safe',
          result: cloudflareImage,
        },
        options,
      ),
  }
}
