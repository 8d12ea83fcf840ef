import type { Resilience } from '../resilience/create-resilience.ts'
import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import { createClaimJobs } from './claim-jobs.ts'
import type { Room } from './claim-jobs.ts'
import type { JobEvent } from './job-events.ts'
import type { JobHandlers } from './job-handler.ts'
import { createJobLeases } from './job-leases.ts'
import type { JobRunnerConfig } from './job-runner-config.ts'
import type { Job, JobStore } from './job-store.ts'
import { createPacer } from './pacer.ts'
import type { Performer } from './perform-jobs.ts'
import { runJobs } from './run-jobs.ts'
import type { JobRun, RunJobsContext } from './run-jobs.ts'
import { createSettleJob } from './settle-job.ts'

export interface JobPlacesOptions {
  readonly store: JobStore
  readonly handlers: JobHandlers
  readonly client: Pick<Resilience, 'status'>
  readonly owner: string
  readonly surroundings: Surroundings
  readonly config: JobRunnerConfig
  readonly bus: EventBus<JobEvent>
  readonly onAgain: RunJobsContext['onAgain']
  /** Hears that a place became free. */
  readonly onFree: () => void
}

export interface JobPlaces {
  /** Claims what is due, or of it only these keys, as far as there is room, and begins with it. Answers what it began. */
  readonly begin: (keys?: readonly string[]) => Promise<readonly JobRun[]>
  readonly room: () => Room
  /** How long no job that calls Cloudflare may begin; 0 if one may. */
  readonly restMs: () => number
  /** What is under way. */
  readonly list: () => readonly JobRun[]
  /** How many runs have ended so far. */
  readonly ended: () => number
  /** Begins nothing more. What is claimed already, and not begun, is given back. */
  readonly shut: () => void
  /** Lets go of everything: what is still under way is written down by nobody. */
  readonly close: () => void
}

/** Keeps the places in which jobs are done side by side. A batch takes one place. */
export function createJobPlaces(options: JobPlacesOptions): JobPlaces {
  const { client, store, owner, surroundings, config, onFree } = options
  const { concurrency, rules } = config
  const running = new Set<JobRun>()
  let isShut = false
  let ended = 0
  let begun: JobRun[] = []
  let turn: Promise<unknown> = Promise.resolve()
  const leases = createJobLeases({ ...options, ...config })
  const pacer = createPacer(client, surroundings, { concurrency, restMs: rules.parkMs })
  const settleJob = createSettleJob(options)
  const context = { ...options, ...config, leases, pacer, settleJob }
  const claim = createClaimJobs({ ...options, ...config, leases, room, onClaimed })
  return {
    begin,
    room,
    restMs: () => pacer.look().restMs,
    list: () => [...running],
    ended: () => ended,
    shut: () => void (isShut = true),
    close: leases.close,
  }

  /** One after the other: two that counted the places at once would give one of them away twice. */
  function begin(keys?: readonly string[]): Promise<readonly JobRun[]> {
    const mine = turn.then(async () => {
      begun = []
      if (!isShut) await claim(keys)
      return begun
    })
    turn = mine.catch(() => undefined)
    return mine
  }

  function room(): Room {
    const free = concurrency - running.size
    const callers = [...running].filter(({ calling }) => calling)
    return { free, calling: Math.min(free, pacer.look().width - callers.length) }
  }

  function onClaimed(performer: Performer, claimedAt: number): void {
    if (isShut) return performer.jobs.forEach(giveBack)
    const run = runJobs(performer, claimedAt, context)
    running.add(run)
    begun.push(run)
    void run.ended.then(() => leave(run))
  }

  function leave(run: JobRun): void {
    running.delete(run)
    ended += 1
    onFree()
  }

  /** If the store cannot hear it now, the lease runs out. */
  function giveBack(job: Job): void {
    const { runAt, tries, pauseMs, code } = job
    const again = { status: 'again', runAt, tries, pauseMs, code } as const
    store.settle(job, owner, again).catch(() => undefined)
  }
}
