import { ImagesError } from '@lightfast/core'
import type { Reply } from '../resilience/layer.ts'
import { openEnvelope, toReply } from './envelope.ts'
import { discard, readStream } from './read-stream.ts'
import { readResult } from './result-schema.ts'
import type { ResultSchema } from './result-schema.ts'

/** What an endpoint answers. */
export interface ReplyFormat<Result> {
  readonly operation: string
  readonly result: ResultSchema<Result>
  /** `blob`: a picture as it is, without the envelope. A failure has one all the same. */
  readonly format?: 'blob'
  /** @default 4_000_000 */
  readonly maxBytes?: number
}

export interface ReadOptions {
  readonly signal: AbortSignal | undefined
  readonly now: number
}

/** Far more than most replies of the API have; a body without end stops here. */
const MAX_REPLY_BYTES = 4_000_000

/**
 * Reads a whole reply, within bounds.
 * @throws ImagesError if it is a failure, or not what was documented.
 */
export async function readReply<Result>(
  response: Response,
  { operation, result, format, maxBytes = MAX_REPLY_BYTES }: ReplyFormat<Result>,
  { signal, now }: ReadOptions,
): Promise<Reply<Result>> {
  const chunks = await readBody(response, { operation, maxBytes, signal })
  const type = response.headers.get('content-type') ?? ''
  const isPicture =
    /^(?:image\/|application\/octet-stream)/i.test(type) && chunks.some(({ length }) => length > 0)
  const reply =
    format && response.ok && isPicture
      ? toReply(response, new Blob([...chunks], { type }))
      : openEnvelope({ operation, response, body: decode(chunks), now })
  return { ...reply, result: await readResult(reply.result, result, operation) }
}

interface BodyLimits {
  readonly operation: string
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

async function readBody(
  response: Response,
  { operation, maxBytes, signal }: BodyLimits,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const toTooLarge = () =>
    new ImagesError(
      'host_reply_invalid',
      `Cloudflare’s reply to ${operation} is over ${maxBytes} bytes.`,
    )
  if (Number(response.headers.get('content-length')) > maxBytes) {
    discard(response)
    throw toTooLarge()
  }
  return response.body ? readStream(response.body, { maxBytes, signal, toTooLarge }) : []
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('')
  return text + decoder.decode()
}
