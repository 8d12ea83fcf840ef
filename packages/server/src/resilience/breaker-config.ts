/** When a circuit opens, and for how long. */
export interface BreakerConfig {
  /** Failures in a row that open it. @default 5 */
  readonly consecutiveFailures: number
  /** The share of failed calls in the window that opens it, from 0 to 1. @default 0.5 */
  readonly failureRate: number
  /** The share of slow calls in the window that opens it, from 0 to 1. @default 0.8 */
  readonly slowRate: number
  /** A call that took longer is slow. @default 5000 */
  readonly slowMs: number
  /** Rates are not asked below so many calls in the window. @default 20 */
  readonly minimumCalls: number
  /** @default 30_000 */
  readonly windowMs: number
  /** The first pause; each further one in a row is twice as long, give or take a fifth. @default 30_000 */
  readonly openMs: number
  /** @default 300_000 */
  readonly maxOpenMs: number
  /** How long a probe may take before another is let through. @default 30_000 */
  readonly probeMs: number
}

export const defaultBreakerConfig: BreakerConfig = {
  consecutiveFailures: 5,
  failureRate: 0.5,
  slowRate: 0.8,
  slowMs: 5000,
  minimumCalls: 20,
  windowMs: 30_000,
  openMs: 30_000,
  maxOpenMs: 300_000,
  probeMs: 30_000,
}

/** Gives a probe at least the time that an attempt has: a lease that runs out before would be replaced again and again. */
export function fitLease({
  breaker,
  attemptMs,
}: {
  readonly breaker: BreakerConfig
  readonly attemptMs: number
}): BreakerConfig {
  return { ...breaker, probeMs: Math.max(breaker.probeMs, attemptMs + LEASE_MARGIN_MS) }
}

const LEASE_MARGIN_MS = 1000
