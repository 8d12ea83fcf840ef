import { checkNumber, duration, readConfig, tally } from '../read-config.ts'
import { defaultJobRules } from './to-outcome.ts'
import type { JobRules } from './to-outcome.ts'

/** The figures of a job runner that can be set. */
export interface JobRunnerFigures {
  /** How many jobs are done side by side. @default 8 */
  readonly concurrency?: number
  /** How long a job stays ours without being renewed. @default 60_000 */
  readonly leaseMs?: number
  /** How often the table is looked at, at the least. @default 1000, or 30_000 if there is a dispatcher */
  readonly pollMs?: number
  /** How long a handler may take. @default 600_000 */
  readonly runMs?: number
  /** How long jobs may go on when the runner stops, before they are aborted. @default 10_000 */
  readonly graceMs?: number
  /** How many confirms are settled in one go. @default 100 */
  readonly batchSize?: number
  /** When failed jobs come again, and when they are given up. */
  readonly rules?: Partial<JobRules>
}

export interface JobRunnerConfig extends Required<JobRunnerFigures> {
  readonly rules: JobRules
}

const POLL_MS = 1000
/** A dispatcher brings jobs in time: the table is only looked at for what it lost. */
const SLOW_POLL_MS = 30_000

/**
 * Puts the figures over their defaults.
 * @throws RangeError or TypeError that names the option and its range.
 */
export function readJobRunnerConfig(
  given: JobRunnerFigures,
  polling: 'often' | 'seldom',
): JobRunnerConfig {
  const { concurrency = 8, leaseMs = 60_000, runMs = 600_000, graceMs = 10_000 } = given
  const { pollMs = polling === 'often' ? POLL_MS : SLOW_POLL_MS, batchSize = 100 } = given
  checkNumber('concurrency', concurrency, tally)
  checkNumber('batchSize', batchSize, tally)
  checkNumber('graceMs', graceMs, { ...duration, min: 0 })
  for (const [name, ms] of Object.entries({ leaseMs, pollMs, runMs }))
    checkNumber(name, ms, duration)
  const rules = readConfig('rules', ruleOptions, given.rules)
  return { concurrency, leaseMs, pollMs, runMs, graceMs, batchSize, rules }
}

const ruleOptions = {
  defaults: defaultJobRules,
  ranges: {
    tries: tally,
    baseMs: duration,
    capMs: duration,
    parkMs: duration,
    parkJitterMs: { ...duration, min: 0 },
    maxParkMs: duration,
    lookAgainMs: duration,
  },
}
