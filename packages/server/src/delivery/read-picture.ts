import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { discard, readStream } from '../client/read-stream.ts'
import { parseRetryAfter } from '../client/retry-after.ts'
import type { FetchedPicture } from './fetch-picture.ts'
import { toRasterType } from './raster-type.ts'

export interface ReadPictureOptions {
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  readonly now: number
}

/**
 * Reads a picture that a delivery host answered, within bounds.
 * @throws ImagesError if it is a failure, too large, or nothing made of pixels.
 */
export async function readPicture(
  response: Response,
  { maxBytes, signal, now }: ReadPictureOptions,
): Promise<FetchedPicture> {
  const { ok, headers, body } = response
  const refused = ok ? undefined : toError(response, now)
  const isTooLarge = Number(headers.get('content-length')) > maxBytes
  if (refused || isTooLarge) {
    discard(response)
    throw refused ?? toTooLarge(maxBytes)
  }
  const limits = { maxBytes, signal, toTooLarge: () => toTooLarge(maxBytes) }
  const chunks = body ? await readStream(body, limits) : []
  const bytes = new Uint8Array(await new Blob([...chunks]).arrayBuffer())
  const contentType = toRasterType(bytes)
  if (contentType !== undefined) return { bytes, contentType }
  throw new ImagesError('host_reply_invalid', 'Delivery answered with no picture made of pixels.')
}

function toError({ status, headers }: Response, now: number): ImagesError {
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now)
  const code = toCode(status)
  const hint = code === 'credentials_refused' ? WRONG_KEY : ''
  return new ImagesError(code, `Delivery answered with HTTP ${status}.${hint}`, {
    status,
    retryAfterMs,
  })
}

const WRONG_KEY = " Is the variant there, and is the signing key the account's?"

function toCode(status: number): FailureCode {
  if (status < 400) return 'host_reply_invalid'
  if (status === 401 || status === 403) return 'credentials_refused'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 429) return 'rate_limited'
  if (status === 408 || status === 504) return 'host_timed_out'
  return status >= 500 ? 'host_unavailable' : 'host_refused'
}

/** Says nothing about the host's health: it is the variant that is too wide. */
function toTooLarge(maxBytes: number): ImagesError {
  const message = `The picture is over ${maxBytes} bytes. Ask for a smaller variant, or raise maxBytes.`
  return new ImagesError('file_too_large', message)
}
