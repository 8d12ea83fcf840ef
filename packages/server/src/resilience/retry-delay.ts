import { failures } from '@lightfast/core'
import type { Failure } from '@lightfast/core'
import type { Repeat } from './layer.ts'

export interface RetryConfig {
  /** Tries in all, the first included, for calls that are safe to repeat. @default 4 */
  readonly attempts: number
  /** The same for calls that are not. They are repeated only if nothing can have happened. @default 2 */
  readonly unsafeAttempts: number
  /** @default 500 */
  readonly baseMs: number
  /** @default 8000 */
  readonly capMs: number
}

export const defaultRetryConfig: RetryConfig = {
  attempts: 4,
  unsafeAttempts: 2,
  baseMs: 500,
  capMs: 8000,
}

export interface FailedAttempt {
  readonly failure: Failure
  readonly attempt: number
  readonly repeat: Repeat
  /** The delay before this attempt; the base before the second one. */
  readonly previousMs: number
  /** What is left until the deadline. */
  readonly remainingMs: number
}

/**
 * Decides how long to wait before the next attempt; undefined if there is none.
 * The jitter is decorrelated, `min(cap, rand(base, 3 x previous))`, so that clients that failed together
 * do not come back together. A delay that Cloudflare asked for is kept as it is, and nobody sleeps past the deadline.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function nextDelay(
  failed: FailedAttempt,
  config: RetryConfig,
  random: () => number,
): number | undefined {
  if (failures[failed.failure.code].retry !== 'soon' || !hasAttemptsLeft(failed, config)) {
    return undefined
  }
  const jittered = config.baseMs + random() * (3 * failed.previousMs - config.baseMs)
  const delayMs = failed.failure.retryAfterMs ?? Math.min(config.capMs, jittered)
  return delayMs < failed.remainingMs ? delayMs : undefined
}

/** After a time-out nobody knows whether an unsafe call was carried out; after a refused one everybody does. */
function hasAttemptsLeft(
  { attempt, repeat, failure }: FailedAttempt,
  config: RetryConfig,
): boolean {
  if (repeat === 'safe') return attempt < config.attempts
  if (repeat === 'never') return false
  return attempt < config.unsafeAttempts && failure.code === 'rate_limited'
}
