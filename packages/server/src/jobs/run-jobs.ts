import { ImagesError } from '@lightfast/core'
import type { Resilience } from '../resilience/create-resilience.ts'
import type { EventBus } from '../events.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'
import type { JobEvent } from './job-events.ts'
import type { JobEnd, JobHandlers } from './job-handler.ts'
import { isCalling } from './job-kinds.ts'
import type { HeldLease, JobLeases } from './job-leases.ts'
import type { Job, JobOutcome } from './job-store.ts'
import type { Pacer } from './pacer.ts'
import { performJobs } from './perform-jobs.ts'
import type { JobEnds, Performer } from './perform-jobs.ts'
import type { SettleJob } from './settle-job.ts'
import { toOutcome } from './to-outcome.ts'
import type { JobRules, JobVerdict, SettledAs } from './to-outcome.ts'

export interface RunJobsContext {
  readonly client: Pick<Resilience, 'status'>
  readonly surroundings: Surroundings
  readonly rules: JobRules
  /** How long a handler may take. */
  readonly runMs: number
  readonly bus: EventBus<JobEvent>
  readonly leases: JobLeases
  readonly pacer: Pacer
  readonly settleJob: SettleJob
  readonly handlers: Pick<JobHandlers, 'onDead'>
  /** Hears of a job that is due again at a time. */
  readonly onAgain: (job: Job, runAt: number) => void
}

/** How a job ended. `lost`: it was no longer ours, and somebody else does it again. */
export type JobEnding = SettledAs | 'lost'

/** Jobs that are under way in one place. */
export interface JobRun {
  /** Whether it calls Cloudflare. */
  readonly calling: boolean
  /** Resolves, when everything is written down, to how each job ended. Never rejects. */
  readonly ended: Promise<readonly JobEnding[]>
  /** Aborts its signal because the runner stops: what ends by that is given back. */
  readonly stop: () => void
}

/** Lets a handler do jobs that were claimed at that time, on the monotonic clock, and writes down how they ended. */
export function runJobs(performer: Performer, claimedAt: number, context: RunJobsContext): JobRun {
  const { leases, surroundings, bus } = context
  const { jobs } = performer
  const aborting = new AbortController()
  let isStopped = false
  const held = jobs.map((job) => ({
    job,
    lease: leases.hold(job, claimedAt, () => lose(job)),
  }))
  return {
    calling: jobs.some(({ kind }) => isCalling(kind)),
    ended: work(),
    stop() {
      isStopped = true
      aborting.abort(new ImagesError('server_failed', 'The job runner stops.'))
    },
  }

  function lose({ kind }: Job): void {
    bus.emit('job-lost', () => ({ type: 'job-lost', kind }))
    if (held.some(({ lease }) => lease.isOurs())) return
    aborting.abort(new ImagesError('server_failed', 'Somebody else does this job.'))
  }

  async function work(): Promise<readonly JobEnding[]> {
    const startedAt = surroundings.monotonic()
    const ends = await perform(performer, aborting, context)
    const ended = held.map((one) => ({ ...one, startedAt, end: ends(one.job.key) }))
    const judged = ended.map((one) => ({ ...one, verdict: judge(one, isStopped, context) }))
    notePace(judged, context)
    return Promise.all(judged.map((one) => write(one, context)))
  }
}

interface Ended {
  readonly job: Job
  readonly lease: HeldLease
  readonly startedAt: number
  readonly end: JobEnd
}

interface Judged extends Ended {
  readonly verdict: JobVerdict
}

/** A handler that does not end is aborted, and has failed, whether it heeds that or not. */
function perform(
  performer: Performer,
  aborting: AbortController,
  { runMs, surroundings: { schedule } }: RunJobsContext,
): Promise<JobEnds> {
  const { signal } = aborting
  const onTime = (resolve: (ends: JobEnds) => void) => {
    // Made only when it is needed: most jobs end in time.
    const error = new ImagesError('server_failed', 'The job did not end in its time.')
    aborting.abort(error)
    resolve(() => ({ error }))
  }
  return settleWithin<JobEnds>(
    { schedule, ms: runMs, signal: undefined, onTime },
    (resolve) => void performJobs(performer, { signal }).then(resolve),
  )
}

/** A job that ended because the runner stops has not failed: somebody else may begin with it at once. */
function judge({ job, end }: Ended, isStopped: boolean, context: RunJobsContext): JobVerdict {
  const { client, rules, surroundings } = context
  const now = surroundings.now()
  if (!('error' in end)) return toOutcome(job, end, { now, random: 0, rules, circuitMs: undefined })
  const { tries, pauseMs, code } = job
  if (isStopped)
    return { as: 'again', outcome: { status: 'again', runAt: now, tries, pauseMs, code } }
  const circuitMs = findCircuitMs(client, end.error)
  return toOutcome(job, end, { now, random: surroundings.random(), rules, circuitMs })
}

/** Answers how long the circuit that a failure belongs to stays shut; undefined if it is closed, or if there is none. */
function findCircuitMs({ status }: Pick<Resilience, 'status'>, error: unknown): number | undefined {
  if (!(error instanceof ImagesError) || error.circuit === undefined) return undefined
  const found = status().circuits.find(({ circuit }) => circuit === error.circuit)
  const isClosed = !found || found.status === 'closed' || found.status === 'disabled'
  return isClosed ? undefined : found.retryAfterMs
}

/** However many jobs it was, they were one call or a few. */
function notePace(judged: readonly Judged[], { pacer }: RunJobsContext): void {
  const calling = judged.filter(({ job }) => isCalling(job.kind))
  if (calling.some(({ verdict }) => verdict.as === 'parked')) pacer.note('parked')
  else if (calling.some(({ end }) => 'result' in end)) pacer.note('succeeded')
}

async function write(judged: Judged, context: RunJobsContext): Promise<JobEnding> {
  const { job, lease, startedAt } = judged
  const { bus, settleJob, surroundings, onAgain } = context
  const durationMs = surroundings.monotonic() - startedAt
  if (!lease.isOurs()) return 'lost'
  const verdict = await tellOfDeath(judged, context)
  const { as: outcome } = verdict
  const { kind } = job
  if ((await settleJob(job, lease, verdict.outcome)) === 'lost') {
    bus.emit('job-lost', () => ({ type: 'job-lost', kind }))
    return 'lost'
  }
  const code = toCode(verdict.outcome)
  const event = { type: 'job-settled', kind, outcome, ...(code && { code }), durationMs } as const
  bus.emit('job-settled', () => event)
  if (verdict.outcome.status === 'again') onAgain(job, verdict.outcome.runAt)
  return outcome
}

/** Whoever waits for a job hears first that it is given up. While that cannot be told, it is not given up. */
async function tellOfDeath(
  { job, verdict }: Judged,
  { handlers: { onDead }, surroundings, rules }: RunJobsContext,
): Promise<JobVerdict> {
  const { outcome } = verdict
  if (outcome.status !== 'dead' || !onDead) return verdict
  try {
    await onDead(job, outcome.code)
    return verdict
  } catch {
    const { tries, pauseMs } = job
    const { code } = outcome
    const runAt = surroundings.now() + rules.baseMs
    return { as: 'again', outcome: { status: 'again', runAt, tries, pauseMs, code } }
  }
}

function toCode(outcome: JobOutcome) {
  return outcome.status === 'done' ? null : outcome.code
}
