import { ImagesError } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import type { Attempt, Call, Layer, Reply, Send } from './layer.ts'
import { settleWithin } from './settle-within.ts'

export interface TimeoutOptions {
  /** For one attempt, its body included. A nearer deadline wins. */
  readonly attemptMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
}

/**
 * Ends an attempt that takes too long, or whose caller has left: it settles at once, and what it was doing is aborted.
 * The attempt's own signal is made only if somebody asks for it.
 */
export function timeout({ attemptMs, surroundings }: TimeoutOptions): Layer {
  const { monotonic, schedule } = surroundings
  return function timeoutLayer(next: Send): Send {
    return async function sendInTime<Result>(call: Call<Result>): Promise<Reply<Result>> {
      const { signal, operation } = call
      signal?.throwIfAborted()
      const ms = Math.min(attemptMs, call.deadlineAt - monotonic())
      if (ms <= 0) throw toError(operation, 0)
      const { attempt, abort } = createAttempt(call)
      return settleWithin<Reply<Result>>(
        { schedule, ms, signal, onTime: (_, reject) => reject(toError(operation, ms)) },
        (resolve, reject) => {
          next(attempt).then(resolve, reject)
          return abort
        },
      )
    }
  }
}

function createAttempt<Result>(call: Call<Result>): {
  readonly attempt: Attempt<Result>
  readonly abort: (reason: unknown) => void
} {
  let controller: AbortController | undefined
  let ended: { readonly reason: unknown } | undefined
  const attempt = {
    ...call,
    get signal() {
      if (ended && !controller) return AbortSignal.abort(ended.reason)
      controller ??= new AbortController()
      return controller.signal
    },
  }
  return { attempt, abort }

  function abort(reason: unknown): void {
    ended = { reason }
    controller?.abort(reason)
  }
}

function toError(operation: string, limitMs: number): ImagesError {
  return new ImagesError(
    'host_timed_out',
    `Cloudflare did not finish answering ${operation} within ${Math.round(limitMs)} ms.`,
  )
}
