import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import type { Call, Layer, Reply, Send } from './layer.ts'
import { nextDelay } from './retry-delay.ts'
import type { RetryConfig } from './retry-delay.ts'

/** Told before each new attempt, so that no retry goes unnoticed. */
export interface RetryEvent {
  readonly type: 'retried'
  readonly operation: string
  /** The attempt that failed, from 1. */
  readonly attempt: number
  readonly delayMs: number
  readonly reason: FailureCode
}

export interface RetryOptions {
  readonly config: RetryConfig
  readonly surroundings: Pick<Surroundings, 'now' | 'random' | 'sleep'>
  readonly onRetry: (event: RetryEvent) => void
}

/** Repeats a call that failed with a known failure, as long as `nextDelay` allows. Bugs are never repeated. */
export function retry({ config, surroundings, onRetry }: RetryOptions): Layer {
  const { now, random, sleep } = surroundings
  return function retryLayer(next: Send): Send {
    return async function sendWithRetry(call: Call): Promise<Reply> {
      let previousMs = config.baseMs
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(call)
        } catch (error) {
          if (!(error instanceof ImagesError)) throw error
          const remainingMs = call.deadlineAt - now()
          const { failure } = error
          const failed = { failure, attempt, repeat: call.repeat, previousMs, remainingMs }
          const delayMs = nextDelay(failed, config, random)
          if (delayMs === undefined) throw error
          onRetry({
            type: 'retried',
            operation: call.operation,
            attempt,
            delayMs,
            reason: error.code,
          })
          await sleep(delayMs, call.signal)
          previousMs = Math.max(config.baseMs, delayMs)
        }
      }
    }
  }
}
