import type { ImagesError } from '@lightfast/core'
import type { Repeat } from './layer.ts'

export interface RetryConfig {
  /** Tries in all, the first included, for calls that are safe to repeat. @default 4 */
  readonly attempts: number
  /** The same for calls that are not. They are repeated only if nothing has happened. @default 2 */
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

/** What has been tried so far. */
export interface Tried {
  readonly attempt: number
  readonly repeat: Repeat
  /** Whether Cloudflare can be asked what became of the call. */
  readonly canReadBack: boolean
}

/**
 * Decides what may follow a failed attempt: another one, or, if there is none left, only a last look at whether it
 * was carried out after all. A call that is not safe to repeat is sent again if it was certainly not
 * carried out, or if that can be found out first.
 */
export function nextStep(
  error: ImagesError,
  tried: Tried,
  config: RetryConfig,
): 'send' | 'read' | 'stop' {
  if (error.retry !== 'soon' || tried.repeat === 'never') return 'stop'
  if (tried.repeat === 'safe') return tried.attempt < config.attempts ? 'send' : 'stop'
  if (isAmbiguous(error) && !tried.canReadBack) return 'stop'
  if (tried.attempt < config.unsafeAttempts) return 'send'
  return isAmbiguous(error) ? 'read' : 'stop'
}

/** Asks whether nobody knows if the call was carried out. A throttled one was not. */
export function isAmbiguous(error: ImagesError): boolean {
  return error.retry === 'soon' && error.code !== 'rate_limited'
}

/**
 * Decides how long to wait. The jitter is decorrelated, `min(cap, rand(base, 3 x previous))`, so that clients that
 * failed together do not come back together. A pause that Cloudflare asked for is kept, and lengthened
 * a little, for the same reason.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function nextDelay(
  {
    retryAfterMs,
    previousMs,
  }: { readonly retryAfterMs: number | undefined; readonly previousMs: number },
  { baseMs, capMs }: RetryConfig,
  random: number,
): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0)
    return Math.ceil(retryAfterMs + random * baseMs)
  return Math.min(capMs, Math.round(baseMs + random * (3 * previousMs - baseMs)))
}
