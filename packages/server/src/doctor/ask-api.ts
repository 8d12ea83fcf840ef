import { ImagesError } from '@lightfast/core'
import { openEnvelope } from '../client/envelope.ts'
import { readStream } from '../client/read-stream.ts'
import type { Surroundings } from '../surroundings.ts'
import { toAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { inTime } from './in-time.ts'

/** One question beside those of Images, and what came with its answer. */
export interface Asked {
  readonly answer: Answer<unknown>
  /** The clock of whoever answered, in ms since the epoch; it counts in whole seconds. */
  readonly theirTime?: number
  /** Ours, halfway between asking and hearing. */
  readonly ourTime: number
  readonly tookMs: number
}

export interface AskOptions {
  readonly url: string
  readonly apiToken: string
  readonly limitMs: number
  readonly surroundings: Surroundings
}

/** Reads no more of it than any reply that is one. */
const MAX_BYTES = 1_000_000

/** Asks the API once. */
export async function askApi({ url, apiToken, limitMs, surroundings }: AskOptions): Promise<Asked> {
  const { fetch, now, monotonic, schedule } = surroundings
  const startedAt = monotonic()
  let theirTime = NaN
  const answer = await toAnswer(inTime(limitMs, schedule, open))
  const tookMs = monotonic() - startedAt
  const ourTime = now() - tookMs / 2
  return { answer, tookMs, ourTime, ...(!Number.isNaN(theirTime) && { theirTime }) }

  async function open(signal: AbortSignal): Promise<unknown> {
    const headers = { authorization: `Bearer ${apiToken}` }
    try {
      // As the client does: it follows none, so one that hides behind a redirect is no API to it.
      const response = await fetch(new Request(url, { headers, signal, redirect: 'manual' }))
      theirTime = Date.parse(response.headers.get('date') ?? '')
      const body = await readText(response, signal)
      return openEnvelope({ operation: 'doctor', response, body, now: now() }).result
    } catch (cause) {
      signal.throwIfAborted()
      throw toUnreachable(cause)
    }
  }
}

/** What the network throws may hold an address, so it stays in `cause`. */
export function toUnreachable(cause: unknown): ImagesError {
  if (cause instanceof ImagesError) return cause
  return new ImagesError('host_unreachable', 'Cloudflare could not be reached.', { cause })
}

async function readText({ body }: Response, signal: AbortSignal): Promise<string> {
  if (!body) return ''
  const chunks = await readStream(body, { maxBytes: MAX_BYTES, signal, toTooLarge })
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}

function toTooLarge(): Error {
  return new ImagesError('host_reply_invalid', 'The reply has no end.')
}
