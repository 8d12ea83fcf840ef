import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import type { BreakerConfig } from '../resilience/breaker-config.ts'
import { defaultBudgetConfig } from '../resilience/budget.ts'
import type { BudgetConfig } from '../resilience/budget.ts'
import { defaultBulkheadConfig } from '../resilience/bulkhead.ts'
import type { BulkheadConfig } from '../resilience/bulkhead.ts'
import { defaultGateConfig } from '../resilience/gate.ts'
import type { GateConfig } from '../resilience/gate.ts'
import { defaultRetryConfig } from '../resilience/retry-delay.ts'
import type { RetryConfig } from '../resilience/retry-delay.ts'
import { checkNumber, duration, readConfig, share, tally } from '../read-config.ts'

/** The figures that can be set, each group on its own. */
export interface ClientFigures {
  /** For one attempt, its body included. @default 8000 */
  readonly attemptMs?: number
  readonly retry?: Partial<RetryConfig>
  readonly budget?: Partial<BudgetConfig>
  readonly breaker?: Partial<BreakerConfig>
  readonly gate?: Partial<GateConfig>
  readonly bulkhead?: Partial<BulkheadConfig>
}

export interface ClientConfig {
  readonly attemptMs: number
  readonly retry: RetryConfig
  readonly budget: BudgetConfig
  readonly breaker: BreakerConfig
  readonly gate: GateConfig
  readonly bulkhead: BulkheadConfig
}

/**
 * Puts the figures over their defaults.
 * @throws RangeError or TypeError that names the option and its range.
 */
export function readClientConfig(figures: ClientFigures): ClientConfig {
  const { attemptMs = 8000 } = figures
  checkNumber('attemptMs', attemptMs, duration)
  const config = {
    attemptMs,
    retry: readConfig('retry', retryOptions, figures.retry),
    budget: readConfig('budget', budgetOptions, figures.budget),
    breaker: readConfig('breaker', breakerOptions, figures.breaker),
    gate: readConfig('gate', gateOptions, figures.gate),
    bulkhead: readConfig('bulkhead', bulkheadOptions, figures.bulkhead),
  }
  checkOrder('retry.baseMs', config.retry.baseMs, ['retry.capMs', config.retry.capMs])
  const { openMs, maxOpenMs } = config.breaker
  checkOrder('breaker.openMs', openMs, ['breaker.maxOpenMs', maxOpenMs])
  return config
}

function checkOrder(name: string, value: number, [limit, max]: readonly [string, number]): void {
  if (value > max) throw new RangeError(`${name} must not be more than ${limit}, which is ${max}.`)
}

const retryOptions = {
  defaults: defaultRetryConfig,
  ranges: { attempts: tally, unsafeAttempts: tally, baseMs: duration, capMs: duration },
}

const budgetOptions = {
  defaults: defaultBudgetConfig,
  ranges: { tokens: { ...tally, min: 0 }, cost: tally, throttledCost: tally },
}

const breakerOptions = {
  defaults: defaultBreakerConfig,
  ranges: {
    consecutiveFailures: tally,
    failureRate: share,
    slowRate: share,
    slowMs: duration,
    minimumCalls: tally,
    windowMs: duration,
    openMs: duration,
    maxOpenMs: duration,
    probeMs: duration,
  },
}

const gateOptions = {
  defaults: defaultGateConfig,
  ranges: { closeMs: duration, maxCloseMs: duration },
}

const bulkheadOptions = {
  defaults: defaultBulkheadConfig,
  ranges: { concurrency: tally, queue: { ...tally, min: 0 } },
}
