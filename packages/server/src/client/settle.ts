import { ImagesError } from '@lightfast/core'
import type { Call, Reply, Send } from '../resilience/layer.ts'
import type { Surroundings } from '../surroundings.ts'
import { discard } from './read-stream.ts'

/** The innermost step: sends a request, and reads its whole reply within the attempt's time. */
export function settle({ fetch }: Pick<Surroundings, 'fetch'>): Send {
  return async function settleCall<Result>(call: Call<Result>): Promise<Reply<Result>> {
    const { signal = new AbortController().signal } = call
    const request = call.makeRequest(signal)
    try {
      const response = await fetch(request)
      if (signal.aborted) discard(response)
      signal.throwIfAborted()
      return await call.readReply(response)
    } catch (error) {
      signal.throwIfAborted()
      throw toImagesError(error, call)
    }
  }
}

/** The only place where an unknown error of the network becomes a failure. Its message may hold a URL, so it stays in `cause`. */
function toImagesError(error: unknown, { operation }: Call): ImagesError {
  if (error instanceof ImagesError) return error
  return new ImagesError('host_unreachable', `Cloudflare could not be reached for ${operation}.`, {
    cause: error,
  })
}
