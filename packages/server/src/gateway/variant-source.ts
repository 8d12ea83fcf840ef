import { buildDeliveryUrl, DELIVERY_ORIGIN, ImagesError } from '@lightfast/core'
import { discard } from '../client/read-stream.ts'
import { parseRetryAfter } from '../client/retry-after.ts'
import { bucketExpiry } from '../delivery/sign-url-expiry.ts'
import { signUrl } from '../delivery/sign-url.ts'
import type { SigningKey } from '../delivery/signing-key.ts'
import { checkNumber, duration } from '../read-config.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { PictureSource, SourceReply } from './picture-source.ts'

export interface VariantSourceOptions extends Partial<
  Pick<Surroundings, 'fetch' | 'now' | 'schedule'>
> {
  readonly accountHash: string
  readonly signingKey: SigningKey
  /** A named variant kept for the gateway: as wide as the largest preset, `fit: scale-down`, `metadata: none`. */
  readonly variant: string
  /** Where pictures are delivered. @default 'https://imagedelivery.net' */
  readonly origin?: string
  /** How long the image host has until it answers. @default 8000 */
  readonly deadlineMs?: number
}

/** Long enough for any deadline. The URL goes nowhere else. */
const URL_MS = 300_000

/** Makes a source that fetches signed URLs of one named variant, and follows no redirect. */
export function createVariantSource(options: VariantSourceOptions): PictureSource {
  const { accountHash, signingKey, variant, origin = DELIVERY_ORIGIN, deadlineMs = 8000 } = options
  const { fetch, now, schedule } = { ...defaultSurroundings, ...options }
  checkNumber('deadlineMs', deadlineMs, duration)
  buildDeliveryUrl({ accountHash, imageId: 'id', variant, origin })

  async function toRequest(record: ImageRecord, signal: AbortSignal): Promise<Request> {
    const imageId = record.cloudflareId ?? ''
    const url = buildDeliveryUrl({ accountHash, imageId, variant, origin })
    // A public image needs no signature, and one with an id of its own cannot have one.
    const isPublic = record.privacy === 'public'
    const expiresAt = bucketExpiry(now(), URL_MS, URL_MS)
    const shown = isPublic ? url : await signUrl(url, expiresAt, signingKey)
    // Not `error`, which Workers do not know. What is not followed is refused below.
    return new Request(shown, { signal, redirect: 'manual', headers: { accept: accepted } })
  }

  return async function fetchVariant(record, signal) {
    const attempt = new AbortController()
    const leave = () => attempt.abort(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    const onTime = (_: unknown, reject: (reason: unknown) => void) => reject(toTimeout(deadlineMs))
    const limits = { schedule, ms: deadlineMs, signal, onTime }
    try {
      const request = await toRequest(record, attempt.signal)
      const response = await settleWithin<Response>(limits, (resolve, reject) => {
        fetch(request).then(resolve, (cause: unknown) => reject(toUnreachable(cause)))
        return (reason) => attempt.abort(reason)
      })
      return readReply(response, now())
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }
}

/** No AVIF: it takes four times as long to decode as the WebP that comes instead. */
const accepted = 'image/webp,image/png,image/jpeg,image/gif'

function readReply(response: Response, now: number): SourceReply {
  const { body, status, headers } = response
  if (status === 200 && body) return { body }
  discard(response)
  throw toRefusal(status, parseRetryAfter(headers.get('retry-after'), now))
}

/** What the host's answer means. Its text and its URL are not repeated: they may hold the signature. */
function toRefusal(status: number, retryAfterMs: number | undefined): ImagesError {
  const details = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  if (status === 429) {
    return new ImagesError('rate_limited', 'The image host delivers no more for now.', details)
  }
  if (status >= 500) {
    return new ImagesError('host_unavailable', `The image host answered ${status}.`, details)
  }
  if (status === 401 || status === 403) {
    return new ImagesError(
      'credentials_refused',
      `The image host answered ${status} for the gateway's variant: is it there, and is the signing key the account's?`,
      details,
    )
  }
  if (status >= 400) {
    return new ImagesError('host_refused', `The image host answered ${status}.`, details)
  }
  return new ImagesError(
    'host_reply_invalid',
    `The image host answered ${status} instead of a picture. Redirects are not followed.`,
    details,
  )
}

function toTimeout(deadlineMs: number): ImagesError {
  return new ImagesError(
    'host_timed_out',
    `The image host did not answer within ${deadlineMs} ms. Try again.`,
  )
}

function toUnreachable(cause: unknown): ImagesError {
  return new ImagesError('host_unreachable', 'The image host could not be reached.', { cause })
}
