import type { Api } from './api.ts'
import { createConfig } from './config.ts'
import type { ConfigResource } from './config.ts'
import { createClientCore } from './create-client-core.ts'
import type { ClientCore, ImagesClientOptions } from './create-client-core.ts'
import { createDirectUploads } from './direct-uploads.ts'
import type { DirectUploadsResource } from './direct-uploads.ts'
import { createImages } from './images.ts'
import type { ImagesResource } from './images.ts'
import { createKeys } from './keys.ts'
import type { KeysResource } from './keys.ts'
import { createSafe } from './safe.ts'
import type { Safe } from './safe.ts'
import { createStats } from './stats.ts'
import type { StatsResource } from './stats.ts'
import { createVariants } from './variants.ts'
import type { VariantsResource } from './variants.ts'

/** What the account has, by its kind. */
export interface ImagesResources {
  readonly images: ImagesResource
  readonly directUploads: DirectUploadsResource
  readonly variants: VariantsResource
  readonly keys: KeysResource
  readonly stats: StatsResource
  readonly config: ConfigResource
}

export interface ImagesClient extends ImagesResources, ClientCore {
  /** The same calls, which answer `{ ok: true, value }` or `{ ok: false, error }` instead of throwing. */
  readonly safe: Safe<ImagesResources>
}

/**
 * Makes a client of Cloudflare Images. Every attempt has its own time and counts for the breaker; an open
 * circuit is not retried.
 * @throws TypeError or RangeError if an option is missing or out of its range.
 */
export function createImagesClient(options: ImagesClientOptions): ImagesClient {
  const { api, ...core } = createClientCore(options)
  const resources = createResources(api)
  return Object.freeze({ ...resources, ...core, safe: createSafe(resources) })
}

function createResources(api: Api): ImagesResources {
  return {
    images: createImages(api),
    directUploads: createDirectUploads(api),
    variants: createVariants(api),
    keys: createKeys(api),
    stats: createStats(api),
    config: createConfig(api),
  }
}
