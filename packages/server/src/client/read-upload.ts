import { ImagesError, MAX_UPLOAD_BYTES } from '@lightfast/core'
import { checkNumber } from '../read-config.ts'
import type { Surroundings } from '../surroundings.ts'
import { readStream } from './read-stream.ts'

/** Bytes as they come in. */
export interface UploadStream {
  readonly stream: ReadableStream<Uint8Array>
  readonly name: string
  /** Such as `image/png`. Cloudflare looks at the bytes. */
  readonly type: string
  /** @default 10_000_000, which is Cloudflare's limit */
  readonly maxBytes?: number
}

export interface ReadUploadOptions {
  readonly signal?: AbortSignal
  readonly deadlineMs: number
  readonly schedule: Surroundings['schedule']
}

/**
 * Reads a stream into memory: a multipart form needs to know its parts, and a second attempt needs the bytes again.
 * The stream is cancelled as soon as it is too long, too late, or not wanted any more.
 */
export async function readUpload(
  { stream, type, maxBytes = MAX_UPLOAD_BYTES }: UploadStream,
  { signal, deadlineMs, schedule }: ReadUploadOptions,
): Promise<Blob> {
  checkNumber('maxBytes', maxBytes, { min: 1, max: MAX_UPLOAD_BYTES })
  if (stream.locked) throw new TypeError('The file to upload is locked.')
  const reading = new AbortController()
  const leave = (): void => reading.abort(signal?.reason)
  const cancel = schedule(() => reading.abort(toLate(deadlineMs)), deadlineMs)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })
  try {
    const limits = { maxBytes, signal: reading.signal, toTooLarge: () => toTooLarge(maxBytes) }
    const chunks = await readStream(stream, limits)
    return new Blob(
      chunks.map((chunk) => new Uint8Array(chunk)),
      { type },
    )
  } catch (error) {
    reading.signal.throwIfAborted()
    throw error instanceof ImagesError ? error : toBroken(error)
  } finally {
    cancel()
    signal?.removeEventListener('abort', leave)
  }
}

function toTooLarge(maxBytes: number): ImagesError {
  return new ImagesError('file_too_large', `The file to upload has more than ${maxBytes} bytes.`)
}

function toLate(deadlineMs: number): ImagesError {
  return new ImagesError(
    'transfer_timed_out',
    `The file did not end within ${deadlineMs} ms. Nothing was sent.`,
  )
}

function toBroken(cause: unknown): ImagesError {
  return new ImagesError(
    'transfer_interrupted',
    'The file to upload broke off. Nothing was sent.',
    {
      cause,
    },
  )
}
