import { ImagesError } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import { createAborting } from './aborting.ts'
import type { End } from './guard.ts'
import type { Call, Reply, SendAttempt } from './layer.ts'

export interface TimeOptions {
  /** For one attempt, its body included; a large one has `bodyMs` more. A nearer deadline wins. */
  readonly attemptMs: number
  readonly schedule: Surroundings['schedule']
  /** Is told how it ended, before whoever waits for it. */
  readonly onEnd: (end: End) => void
}

/**
 * Sends an attempt and gives it its time: it ends at once when that is over, or when its caller leaves, and what it was
 * doing is aborted. Like `settleWithin`, but written out: every call pays for this.
 */
export function sendInTime<Result>(
  next: SendAttempt,
  call: Call<Result>,
  { attemptMs, schedule, onEnd }: TimeOptions,
): Promise<Reply<Result>> {
  const { operation, signal, deadlineAt, makeRequest, readReply, tally, bodyMs = 0 } = call
  return new Promise((resolve, reject) => {
    const ms = Math.max(0, Math.min(attemptMs + bodyMs, deadlineAt - tally.at))
    const aborting = createAborting()
    let settled = false
    const cancel = schedule(late, ms)
    if (ms === 0) return late()
    if (signal?.aborted) return depart()
    signal?.addEventListener('abort', depart, { once: true })
    try {
      next({ operation, makeRequest, readReply, signal: aborting.signal }).then(pass, fail)
    } catch (error) {
      fail(error)
    }

    function pass(reply: Reply<Result>): void {
      if (settled) return
      tidy({ reply })
      resolve(reply)
    }

    function late(): void {
      fail(toTimeout(operation, ms))
    }

    function depart(): void {
      fail(signal?.reason)
    }

    function fail(error: unknown): void {
      if (settled) return
      tidy({ failed: { error } })
      aborting.abort(error)
      reject(error)
    }

    function tidy(end: End): void {
      settled = true
      cancel()
      signal?.removeEventListener('abort', depart)
      onEnd(end)
    }
  })
}

function toTimeout(operation: string, limitMs: number): ImagesError {
  return new ImagesError(
    'host_timed_out',
    `Cloudflare did not answer ${operation} in full within ${Math.round(limitMs)} ms.`,
  )
}
