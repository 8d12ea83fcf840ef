import type { Api, CallOptions } from './api.ts'
import { cloudflareImage } from './cloudflare-image.ts'
import type { CloudflareImage } from './cloudflare-image.ts'
import { checkImageId } from './image-id.ts'

/** Reads one image. */
export async function getImage(
  api: Api,
  id: string,
  options?: CallOptions,
): Promise<CloudflareImage> {
  const path = ['v1', checkImageId(id)]
  return api.call(
    {
      operation: 'images.get',
      method: 'GET',
      path,
      repeat: 'safe',
      host: 'batch',
      result: cloudflareImage,
    },
    options,
  )
}
