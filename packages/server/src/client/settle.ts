import { ImagesError } from '@lightfast/core'
import type { Attempt, Reply, SendAttempt } from '../resilience/layer.ts'
import type { Surroundings } from '../surroundings.ts'
import { discard } from './read-stream.ts'

/** The innermost step: sends a request, and reads its whole reply within the attempt's time. */
export function settle({ fetch }: Pick<Surroundings, 'fetch'>): SendAttempt {
  return async function settleAttempt<Result>(attempt: Attempt<Result>): Promise<Reply<Result>> {
    const signal = attempt.signal()
    const request = attempt.makeRequest(signal)
    try {
      const response = await fetch(request)
      if (signal.aborted) discard(response)
      signal.throwIfAborted()
      return await attempt.readReply(response)
    } catch (error) {
      signal.throwIfAborted()
      throw toImagesError(error, attempt)
    }
  }
}

/** The only place where an unknown error of the network becomes a failure. Its message may hold a URL, so it stays in `cause`. */
function toImagesError(error: unknown, { operation }: Attempt): ImagesError {
  if (error instanceof ImagesError) return error
  return new ImagesError('host_unreachable', `Cloudflare could not be reached for ${operation}.`, {
    cause: error,
  })
}
