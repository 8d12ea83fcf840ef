import { breaker } from '../resilience/breaker-layer.ts'
import type { CircuitEvent } from '../resilience/breaker-layer.ts'
import { defaultBreakerConfig } from '../resilience/breaker.ts'
import type { BreakerConfig } from '../resilience/breaker.ts'
import { pipeline } from '../resilience/layer.ts'
import { defaultRetryConfig } from '../resilience/retry-delay.ts'
import type { RetryConfig } from '../resilience/retry-delay.ts'
import { retry } from '../resilience/retry.ts'
import type { RetryEvent } from '../resilience/retry.ts'
import { timeout } from '../resilience/timeout.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { createApi } from './api.ts'
import { createDirectUploads } from './direct-uploads.ts'
import type { DirectUploadsResource } from './direct-uploads.ts'
import { createImages } from './images.ts'
import type { ImagesResource } from './images.ts'
import { createKeys } from './keys.ts'
import type { KeysResource } from './keys.ts'
import { settle } from './settle.ts'
import { createVariants } from './variants.ts'
import type { VariantsResource } from './variants.ts'

export type ClientEvent = RetryEvent | CircuitEvent

export interface ImagesClientOptions extends Partial<Surroundings> {
  readonly accountId: string
  /** An API token with the permission Images: Edit. */
  readonly apiToken: string
  /** @default 'https://api.cloudflare.com/client/v4' */
  readonly baseUrl?: string
  /** For one attempt, its body included. @default 8000 */
  readonly attemptMs?: number
  readonly retry?: Partial<RetryConfig>
  readonly breaker?: Partial<BreakerConfig>
  /** Told of every retry and of every change of a circuit. @default nobody */
  readonly onEvent?: (event: ClientEvent) => void
}

export interface ImagesClient {
  readonly images: ImagesResource
  readonly directUploads: DirectUploadsResource
  readonly keys: KeysResource
  readonly variants: VariantsResource
}

const ATTEMPT_MS = 8000

/**
 * Makes a client of Cloudflare Images. Every attempt has its own time and counts for the breaker; an open
 * circuit is not retried.
 * @throws TypeError if the account or the token is missing.
 */
export function createImagesClient(options: ImagesClientOptions): ImagesClient {
  const { accountId, apiToken, baseUrl = 'https://api.cloudflare.com/client/v4' } = options
  if (!accountId) throw new TypeError('createImagesClient needs an accountId.')
  if (!apiToken) throw new TypeError('createImagesClient needs an apiToken.')
  const surroundings = { ...defaultSurroundings, ...options }
  const send = makeSend(options, surroundings)
  const api = createApi({ send, accountId, apiToken, baseUrl, now: surroundings.now })
  return Object.freeze({
    images: createImages(api),
    directUploads: createDirectUploads(api),
    keys: createKeys(api),
    variants: createVariants(api),
  })
}

function makeSend(options: ImagesClientOptions, surroundings: Surroundings) {
  const { attemptMs = ATTEMPT_MS, onEvent = () => undefined } = options
  return pipeline(
    settle(surroundings),
    retry({ config: { ...defaultRetryConfig, ...options.retry }, surroundings, onRetry: onEvent }),
    breaker({
      config: { ...defaultBreakerConfig, ...options.breaker },
      surroundings,
      onChange: onEvent,
    }),
    timeout({ attemptMs, surroundings }),
  )
}
