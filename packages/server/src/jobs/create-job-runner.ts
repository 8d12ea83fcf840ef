import { createEventBus } from '../events.ts'
import type { EventBus, Events } from '../events.ts'
import type { Resilience } from '../resilience/create-resilience.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Dispatched, JobDispatcher } from './dispatcher.ts'
import type { JobEvent } from './job-events.ts'
import type { JobHandlers } from './job-handler.ts'
import { logJobs } from './job-logger.ts'
import type { JobLogger } from './job-logger.ts'
import { createJobLoop } from './job-loop.ts'
import { createJobPlaces } from './job-places.ts'
import { readJobRunnerConfig } from './job-runner-config.ts'
import type { JobRunnerFigures } from './job-runner-config.ts'
import type { JobStore, NewJob } from './job-store.ts'
import { toJobKey } from '../stores/stored-job.ts'
import { stopJobs } from './stop-jobs.ts'
import { sweepJobs } from './sweep-jobs.ts'
import type { JobCounts } from './sweep-jobs.ts'

export interface JobRunnerOptions extends JobRunnerFigures {
  readonly store: JobStore
  readonly handlers: JobHandlers
  /** Whose circuits and limits jobs heed. */
  readonly client: Pick<Resilience, 'status'>
  readonly surroundings?: Partial<Surroundings>
  /** Whose the jobs are while they are done; never the same for two runners. @default a random id */
  readonly owner?: string
  /** Carries keys between machines. @default none: the table is polled */
  readonly dispatcher?: JobDispatcher
  /** Where jobs that were given up are written. @default console */
  readonly logger?: JobLogger
}

export interface JobRunner {
  readonly events: Events<JobEvent>
  /** Begins to do what is due, until it is stopped. */
  readonly start: () => void
  /**
   * Begins nothing more, lets jobs that are under way end, and aborts them when the grace is over. Those that end by that are given
   * back at once; one that does not heed its signal is somebody else's when its lease is over.
   */
  readonly stop: () => Promise<void>
  /** Tells that jobs were enqueued, so that nobody waits for the next poll. With a dispatcher, it carries them. */
  readonly nudge: (jobs?: readonly NewJob[]) => void
  /**
   * Does what is due until nothing is due that may be done now. While Cloudflare is down, jobs that call it stay where they are.
   * @throws ImagesError `store_unavailable`
   */
  readonly drain: (options?: DrainOptions) => Promise<JobCounts>
  /**
   * Does just these, if they are due and may be done now.
   * @throws ImagesError `store_unavailable`
   */
  readonly run: (keys: readonly string[]) => Promise<JobCounts>
}

export interface DrainOptions {
  /** Begins nothing after that, in ms since the epoch. @default never */
  readonly until?: number
}

/**
 * Makes what does jobs: claims them, lets handlers do them side by side, renews their leases, and writes down how they ended. While
 * Cloudflare is down, jobs that call it wait; afterwards one goes first, and then ever more.
 * @throws TypeError or RangeError if an option is out of its range.
 */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { dispatcher, store, logger = console } = options
  const surroundings = readSurroundings(options.surroundings)
  const config = readJobRunnerConfig(options, dispatcher ? 'seldom' : 'often')
  const bus = createBus(logger)
  const { owner = surroundings.randomId(), handlers, client } = options
  const given = { store, handlers, client, owner, surroundings, config, bus }
  const places = createJobPlaces({
    ...given,
    onAgain: ({ key }, runAt) => dispatch([{ key, runAt }]),
    onFree: () => loop.wake(),
  })
  const loop = createJobLoop({ store, places, surroundings, bus, pollMs: config.pollMs })
  let unlisten: (() => Promise<void>) | undefined
  let stopping: Promise<void> | undefined
  return {
    events: { on: bus.on },
    start,
    stop: () => (stopping ??= stop()),
    nudge,
    drain: ({ until = Infinity } = {}) =>
      sweepJobs(places, { isOver: () => surroundings.now() >= until }),
    run: (keys) => sweepJobs(places, { keys }),
  }

  function start(): void {
    if (stopping) throw new TypeError('A job runner that was stopped cannot be started again.')
    loop.start()
    unlisten ??= dispatcher?.listen(runDispatched)
  }

  function stop(): Promise<void> {
    const leaving = Promise.allSettled([loop.stop(), unlisten?.()])
    return stopJobs({ places, leaving, graceMs: config.graceMs }, surroundings)
  }

  /** What goes wrong here goes wrong in the loop as well, which tells it, and waits. */
  async function runDispatched(key: string): Promise<void> {
    await sweepJobs(places, { keys: [key] }).catch(() => undefined)
  }

  function nudge(jobs: readonly NewJob[] = []): void {
    if (jobs.length > 0) dispatch(jobs.map((job) => ({ key: toJobKey(job), runAt: job.runAt })))
    if (!dispatcher || jobs.length === 0) loop.wake()
  }

  function dispatch(jobs: readonly Dispatched[]): void {
    dispatcher?.dispatch(jobs).catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : 'unknown'
      bus.emit('dispatch-failed', () => ({ type: 'dispatch-failed', reason }))
      loop.wake()
    })
  }
}

function createBus(logger: JobLogger): EventBus<JobEvent> {
  const bus = createEventBus<JobEvent>((error) =>
    logger.error('lightfast: a listener threw', error),
  )
  logJobs(bus, logger)
  return bus
}

function readSurroundings(given: Partial<Surroundings> = {}): Surroundings {
  return { ...defaultSurroundings, ...given }
}
