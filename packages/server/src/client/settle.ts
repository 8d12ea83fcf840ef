import { ImagesError } from '@lightfast/core'
import type { Call, Reply, Send } from '../resilience/layer.ts'
import type { Surroundings } from '../surroundings.ts'
import { openEnvelope } from './envelope.ts'

/** Far more than any reply of the API; a body without end stops here. */
const MAX_REPLY_BYTES = 4_000_000

/** The innermost step: sends a request, reads its whole body within the attempt's time, and judges both. */
export function settle({ fetch, now }: Pick<Surroundings, 'fetch' | 'now'>): Send {
  return async function settleCall(call: Call): Promise<Reply> {
    const { operation, signal } = call
    try {
      const response = await fetch(call.makeRequest(signal))
      const body = await readText(response, operation)
      return openEnvelope({ operation, response, body, now: now() })
    } catch (error) {
      signal.throwIfAborted()
      throw toImagesError(error, operation)
    }
  }
}

async function readText(response: Response, operation: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MAX_REPLY_BYTES) {
      throw new ImagesError('host_reply_invalid', `Cloudflare’s reply to ${operation} has no end.`)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The only place where an unknown error of the network becomes a failure. Its message may hold a URL, so it stays in `cause`. */
function toImagesError(error: unknown, operation: string): ImagesError {
  if (error instanceof ImagesError) return error
  return new ImagesError('host_unreachable', `Cloudflare could not be reached for ${operation}.`, {
    cause: error,
  })
}
