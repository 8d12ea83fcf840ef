import { buildDeliveryUrl, DELIVERY_ORIGIN, ImagesError } from '@lightfast/core'
import { readClientConfig } from '../client/client-config.ts'
import { settle } from '../client/settle.ts'
import { bucketExpiry } from './sign-url-expiry.ts'
import { signUrl } from './sign-url.ts'
import type { SigningKey } from './signing-key.ts'
import { createEventBus } from '../events.ts'
import type { Events } from '../events.ts'
import { logEvents } from '../log-events.ts'
import type { Logger } from '../log-events.ts'
import { checkNumber, duration, tally } from '../read-config.ts'
import type { BreakerConfig } from '../resilience/breaker-config.ts'
import type { CircuitControls } from '../resilience/circuits.ts'
import { createResilience } from '../resilience/create-resilience.ts'
import type { ResilienceStatus } from '../resilience/create-resilience.ts'
import type { Call } from '../resilience/layer.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { FetchPicture, FetchedPicture } from './fetch-picture.ts'
import { readPicture } from './read-picture.ts'

export interface DeliverySourceOptions extends Partial<
  Pick<Surroundings, 'fetch' | 'now' | 'monotonic' | 'random' | 'schedule'>
> {
  readonly accountHash: string
  readonly signingKey: SigningKey
  /** The name of the variant that is fetched. */
  readonly variant: string
  /** @default 'https://imagedelivery.net' */
  readonly origin?: string
  /** For one picture, its bytes included. @default 8000 */
  readonly deadlineMs?: number
  /** @default 10_000_000 */
  readonly maxBytes?: number
  readonly breaker?: Partial<BreakerConfig>
  /** Where changes of the circuit and the like are written. @default console */
  readonly logger?: Logger
}

/** Fetches pictures from the delivery host, behind a circuit of its own: while that is open, nothing is sent. */
export interface DeliverySource extends FetchPicture {
  readonly events: Events
  readonly circuits: CircuitControls
  readonly status: () => ResilienceStatus
}

/** The same URL for a while, so that Cloudflare's own cache knows it. */
const URL_BUCKET_MS = 300_000
const URL_MS = 60_000

const hosts = { circuitKeys: ['delivery'], gateKeys: ['delivery'] } as const

/**
 * Makes a source of one named variant. Each picture is asked for once: whoever wants it comes back.
 * @throws TypeError or RangeError if an option is missing or out of its range.
 */
export function createDeliverySource(options: DeliverySourceOptions): DeliverySource {
  const { deadlineMs = 8000, maxBytes = 10_000_000, breaker = {}, logger = console } = options
  checkNumber('deadlineMs', deadlineMs, duration)
  checkNumber('maxBytes', maxBytes, { ...tally, max: 1e9 })
  buildDeliveryUrl({ ...options, imageId: 'any' })
  const surroundings = { ...defaultSurroundings, ...options }
  const bus = createEventBus((error) => logger.error('lightfast: a listener threw', error))
  logEvents(bus, logger)
  const config = readClientConfig({ attemptMs: deadlineMs, breaker })
  const { around, circuits, status } = createResilience({ config, surroundings, bus, ...hosts })
  const send = around(settle(surroundings))
  return Object.assign(fetchPicture, { events: { on: bus.on }, circuits, status })

  async function fetchPicture(record: ImageRecord, signal: AbortSignal): Promise<FetchedPicture> {
    const now = surroundings.now()
    const url = await toSignedUrl(record, options, now)
    const deadlineAt = surroundings.monotonic() + deadlineMs
    const { result } = await send(describe(url, { deadlineAt, signal, maxBytes, now }))
    return result
  }
}

async function toSignedUrl(
  { cloudflareId, privacy }: ImageRecord,
  { accountHash, variant, origin = DELIVERY_ORIGIN, signingKey }: DeliverySourceOptions,
  now: number,
): Promise<string> {
  if (cloudflareId === null) {
    throw new ImagesError('not_found', 'This image is not at Cloudflare, so it has no picture yet.')
  }
  const url = buildDeliveryUrl({ accountHash, imageId: cloudflareId, variant, origin })
  // A public image needs no signature, and one with an id of its own cannot have one.
  if (privacy === 'public') return url
  return signUrl(url, bucketExpiry(now, URL_MS, URL_BUCKET_MS), signingKey)
}

interface Asked extends Pick<Call, 'deadlineAt'> {
  readonly signal: AbortSignal
  readonly maxBytes: number
  readonly now: number
}

/** No AVIF: it takes four times as long to decode as the WebP that comes instead. */
const accept = 'image/webp,image/png,image/jpeg,image/gif'

/** A redirect would lead away from the host that was meant, so none is followed: its reply is no picture. */
function describe(url: string, { deadlineAt, signal, ...limits }: Asked): Call<FetchedPicture> {
  let attemptSignal: AbortSignal | undefined
  return {
    operation: 'delivery.get',
    circuit: 'delivery',
    gate: 'delivery',
    repeat: 'never',
    tally: { sent: 0, at: 0 },
    deadlineAt,
    signal,
    makeRequest(attempt) {
      attemptSignal = attempt
      return new Request(url, { redirect: 'manual', headers: { accept }, signal: attempt })
    },
    readReply: async (response) => ({
      result: await readPicture(response, { ...limits, signal: attemptSignal }),
    }),
  }
}
