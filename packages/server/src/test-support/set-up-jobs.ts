import { createJobRunner } from '../jobs/create-job-runner.ts'
import type { JobRunner, JobRunnerOptions } from '../jobs/create-job-runner.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import type { JobHandler, JobHandlers } from '../jobs/job-handler.ts'
import type { JobKind, JobStore } from '../jobs/job-store.ts'
import type { JobLogger } from '../jobs/job-logger.ts'
import type { ResilienceStatus } from '../resilience/create-resilience.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { createVirtualTime } from './virtual-time.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface JobsRig {
  readonly time: VirtualTime
  readonly store: JobStore
  readonly runner: JobRunner
  /** Everything that was told. */
  readonly events: JobEvent[]
  /** What the client tells of its circuits and limits from now on. */
  status: ResilienceStatus
  /** Stops the runner, and lets the time pass that this may take. */
  readonly stop: () => Promise<void>
  readonly enqueue: (kind: JobKind, subjects: readonly string[], runAt?: number) => Promise<void>
  /** The keys of the jobs that are there. */
  readonly keys: () => Promise<readonly string[]>
}

export interface JobsRigOptions extends Partial<Omit<JobRunnerOptions, 'handlers'>> {
  readonly handle: JobHandler
  /** Over `handle`, by kind. */
  readonly handlers?: Partial<JobHandlers>
  readonly time?: VirtualTime
}

const eventTypes: readonly JobEvent['type'][] = [
  'job-settled',
  'job-lost',
  'dispatch-failed',
  'store-degraded',
  'store-restored',
]

/** Hundreds of jobs that take no time follow each other within one moment. */
const TURNS = 3000

/** Puts a runner over a clock that a test moves, and handlers that do as they are told. */
export function setUpJobs({ handle, handlers, ...given }: JobsRigOptions): JobsRig {
  const { time = createVirtualTime(TURNS) } = given
  const { store = createMemoryStore(time).jobs } = given
  const events: JobEvent[] = []
  const runner = createJobRunner({
    client: { status: () => rig.status },
    logger: silentJobs,
    ...given,
    store,
    handlers: { ...handleAll(handle), ...handlers },
    surroundings: { ...time, random: () => 0.5, ...given.surroundings },
  })
  for (const type of eventTypes) runner.events.on(type, (event) => events.push(event))
  const rig: JobsRig = {
    time,
    store,
    runner,
    events,
    status: makeStatus(),
    async stop() {
      const stopped = runner.stop()
      await time.advance(12_000)
      await stopped
    },
    enqueue: (kind, subjects, runAt = 0) =>
      store.enqueue(subjects.map((subject) => ({ kind, subject, runAt }))),
    async keys() {
      return (await store.list({ limit: 10_000 })).map(({ key }) => key)
    },
  }
  return rig
}

/** Lets one handler do every kind. */
export function handleAll(handle: JobHandler): JobHandlers {
  return {
    expire: handle,
    confirm: handle,
    forward: handle,
    close: handle,
    'delete-remote': handle,
    'drop-bytes': handle,
    reconcile: handle,
    thumbhash: handle,
  }
}

type Entry = ResilienceStatus['circuits'][number]

/** What a client tells when all is well, but for its write circuit. */
export function makeStatus(write: Partial<Entry> = {}): ResilienceStatus {
  const closed = {
    status: 'closed',
    mode: 'automatic',
    retryAfterMs: 0,
    trips: 0,
    calls: 0,
    failures: 0,
    slow: 0,
    active: 0,
    waiting: 0,
  } as const
  return {
    circuits: [
      { circuit: 'read', ...closed },
      { circuit: 'write', ...closed, ...write },
      { circuit: 'batch', ...closed },
    ],
    budget: { tokens: 500, of: 500 },
    gates: [
      { gate: 'api', closedMs: 0 },
      { gate: 'batch', closedMs: 0 },
    ],
  }
}

/** A logger for tests that are not about what is written. */
export const silentJobs: JobLogger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** Counts up: the subjects of so many jobs. */
export function subjects(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${at}`.padStart(4, '0'))
}

/** What a test ends by hand. */
export interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

/** Makes something to wait for. */
export function createGate(): Gate {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  return { opened, open }
}
