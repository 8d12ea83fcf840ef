import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { JobEnd, JobResult } from './job-handler.ts'
import type { Job, JobOutcome } from './job-store.ts'

/** When failed jobs come again, and when they are given up. */
export interface JobRules {
  /** How many tries a job has. @default 10 */
  readonly tries: number
  /** The least pause after a failed try. @default 2000 */
  readonly baseMs: number
  /** The longest pause after a failed try. @default 300_000 */
  readonly capMs: number
  /** The least pause of a job that waits for something else, such as a circuit. @default 2000 */
  readonly parkMs: number
  /** How far jobs that wait for the same thing are spread. @default 5000 */
  readonly parkJitterMs: number
  /** Nothing that a reply asks for is waited for longer. @default 3_600_000 */
  readonly maxParkMs: number
  /** The least pause before a job that asks to be looked at again. @default 250 */
  readonly lookAgainMs: number
}

export const defaultJobRules: JobRules = {
  tries: 10,
  baseMs: 2000,
  capMs: 300_000,
  parkMs: 2000,
  parkJitterMs: 5000,
  maxParkMs: 3_600_000,
  lookAgainMs: 250,
}

/** `parked`: it waits for something else, and has used up no try. */
export type SettledAs = 'done' | 'again' | 'parked' | 'dead'

/** What is written of a job, and what that is called. */
export interface JobVerdict {
  readonly as: SettledAs
  readonly outcome: JobOutcome
}

/** What a verdict depends on besides the job. */
export interface VerdictContext {
  readonly now: number
  /** From 0 up to, but not including, 1. */
  readonly random: number
  readonly rules: JobRules
  /** How long the circuit that the failure belongs to stays shut; undefined if it is closed, or if there is none. */
  readonly circuitMs: number | undefined
}

/**
 * Decides what becomes of a job after a try. What waits for Cloudflare, or for us, uses up no try: a job must survive an outage of
 * hours. What can never succeed is given up at once.
 */
export function toOutcome(job: Job, end: JobEnd, context: VerdictContext): JobVerdict {
  if ('result' in end) return toResult(job, end.result, context)
  const error = toImagesError(end.error)
  if (error.retry === 'never') return bury(error.code)
  if (isWaiting(error, context)) return park(job, error, context)
  return fail(job, error, context)
}

function toResult(job: Job, result: JobResult, { now, rules }: VerdictContext): JobVerdict {
  if (result === 'done') return { as: 'done', outcome: { status: 'done' } }
  const { againAt, code = null } = result
  const runAt = Math.max(againAt, now + rules.lookAgainMs)
  const { tries, pauseMs } = job
  return { as: 'again', outcome: { status: 'again', runAt, tries, pauseMs, code } }
}

/** The one place where an unknown error of a handler becomes a failure. */
function toImagesError(error: unknown): ImagesError {
  if (error instanceof ImagesError) return error
  return new ImagesError('server_failed', 'The job failed by a fault of its own.', { cause: error })
}

function bury(code: FailureCode): JobVerdict {
  return { as: 'dead', outcome: { status: 'dead', code } }
}

/** A probe that fails is not the job’s fault. */
function isWaiting({ code }: ImagesError, { circuitMs }: VerdictContext): boolean {
  return waits.has(code) || (circuitMs !== undefined && outages.has(code))
}

const waits: ReadonlySet<FailureCode> = new Set([
  'rate_limited',
  'circuit_open',
  'client_busy',
  'store_unavailable',
])

const outages: ReadonlySet<FailureCode> = new Set([
  'host_unreachable',
  'host_unavailable',
  'host_timed_out',
  'host_reply_invalid',
])

function park(job: Job, error: ImagesError, context: VerdictContext): JobVerdict {
  const { now, random, rules, circuitMs = 0 } = context
  const { tries, pauseMs } = job
  const waitMs = Math.max(toAskedMs(error, rules), Math.min(circuitMs, rules.maxParkMs))
  const runAt = Math.ceil(now + Math.max(waitMs, rules.parkMs) + random * rules.parkJitterMs)
  return { as: 'parked', outcome: { status: 'again', runAt, tries, pauseMs, code: error.code } }
}

/** The jitter is decorrelated, as in the retries of a call. A pause that the reply asked for is kept. */
function fail(job: Job, error: ImagesError, { now, random, rules }: VerdictContext): JobVerdict {
  const { code } = error
  const tries = job.tries + 1
  if (tries >= rules.tries) return bury(code)
  const { baseMs, capMs } = rules
  const previousMs = Math.max(baseMs, job.pauseMs)
  const pauseMs = Math.min(capMs, Math.round(baseMs + random * (3 * previousMs - baseMs)))
  const runAt = Math.ceil(now + Math.max(pauseMs, toAskedMs(error, rules)))
  return { as: 'again', outcome: { status: 'again', runAt, tries, pauseMs, code } }
}

function toAskedMs({ retryAfterMs = 0 }: ImagesError, { maxParkMs }: JobRules): number {
  return Math.min(retryAfterMs, maxParkMs)
}
