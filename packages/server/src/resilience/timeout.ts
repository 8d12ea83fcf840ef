import { ImagesError } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import type { Call, Layer, Reply, Send } from './layer.ts'

export interface TimeoutOptions {
  /** For one attempt, its body included. A nearer deadline wins. */
  readonly attemptMs: number
  readonly surroundings: Pick<Surroundings, 'now' | 'sleep'>
}

/** Ends an attempt that takes too long. What it was doing is aborted, and the caller need not wait for that. */
export function timeout({ attemptMs, surroundings }: TimeoutOptions): Layer {
  const { now, sleep } = surroundings
  return function timeoutLayer(next: Send): Send {
    return async function sendInTime(call: Call): Promise<Reply> {
      call.signal.throwIfAborted()
      const limitMs = Math.min(attemptMs, call.deadlineAt - now())
      if (limitMs <= 0) throw toError(call, 0)
      const attempt = link(call.signal)
      const late = sleep(limitMs, attempt.signal).then(() => Promise.reject(toError(call, limitMs)))
      try {
        return await Promise.race([next({ ...call, signal: attempt.signal }), late])
      } finally {
        attempt.end()
      }
    }
  }
}

interface LinkedAbort {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** Follows the caller's signal by hand: `AbortSignal.any` keeps every child of a long-lived signal in memory. */
function link(parent: AbortSignal): LinkedAbort {
  const controller = new AbortController()
  const follow = () => controller.abort(parent.reason)
  parent.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    end() {
      parent.removeEventListener('abort', follow)
      controller.abort(new DOMException('The attempt is over.', 'AbortError'))
    },
  }
}

function toError({ operation }: Call, limitMs: number): ImagesError {
  return new ImagesError(
    'host_timed_out',
    `Cloudflare did not finish answering ${operation} within ${Math.round(limitMs)} ms.`,
  )
}
