import { failures } from '@lightfast/core'
import type { Failure, FailureCode, FailureFacts } from '@lightfast/core'

/**
 * `offline`: this device has no connection. `circuit`, `rate`: our server leaves the image host alone for a while. `limit`: this
 * person has begun as many uploads as one may in that time.
 */
export type WaitReason = 'offline' | 'circuit' | 'rate' | 'limit'

/** What an upload waits for before it goes on by itself. */
export interface Wait {
  readonly reason: WaitReason
  /** When it goes on, in ms since the epoch; null while nobody can know. */
  readonly retryAt: number | null
}

export interface WaitFacts {
  /** Whether the browser believes that there is a connection. */
  readonly online: boolean
  readonly now: number
  /** From 0 up to, not including, 1. */
  readonly random: number
}

/** Nobody sits before a page for longer, so a person is asked instead. */
export const LONGEST_WAIT_MS: number = 60 * 60_000

/** How much later than the named time somebody may come back, as a share of the wait. */
const SPREAD = 0.1

/**
 * Decides whether an upload that met a failure waits and goes on by itself, instead of ending in one of
 * the three failure states. It does when two things are known: that it is not the file, and what will end
 * it. Where a try failed and the browser says that it is offline, it also tells when that is over; an open circuit and a used-up
 * limit have a time that our server named. All else ends as before, because a promise to go on could not be kept: an outage of
 * our server or of the host without a time, a session that is over, and a pause of more than an hour.
 */
export function toWait({ code, retryAfterMs }: Failure, facts: WaitFacts): Wait | null {
  const { retry }: FailureFacts = failures[code]
  if (retry === 'never') return null
  if (!facts.online) return { reason: 'offline', retryAt: null }
  const reason = reasons[code]
  if (reason === undefined || retryAfterMs === undefined || retryAfterMs > LONGEST_WAIT_MS) {
    return null
  }
  return { reason, retryAt: spread(facts.now + retryAfterMs, facts) }
}

const reasons: { readonly [Code in FailureCode]?: Exclude<WaitReason, 'offline'> } = {
  circuit_open: 'circuit',
  rate_limited: 'rate',
  upload_limit_reached: 'limit',
}

/** Moves a moment by up to a tenth of the time until then, so that rows and tabs do not come back together. */
export function spread(at: number, { now, random }: Pick<WaitFacts, 'now' | 'random'>): number {
  return at + Math.round(Math.max(0, at - now) * SPREAD * random)
}
