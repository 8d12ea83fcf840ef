import { Queue, Worker } from 'bullmq'
import type { ConnectionOptions } from 'bullmq'
import * as v from 'valibot'
import type { Dispatched, JobDispatcher } from '../jobs/dispatcher.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'

export interface BullDispatcherOptions {
  /**
   * Where Redis is, as BullMQ takes it. Host and port, or a URL, are better than a client: then what is sent while Redis is down fails
   * at once rather than wait in memory.
   */
  readonly connection: ConnectionOptions
  /** @default 'lightfast-jobs' */
  readonly queueName?: string
  /** Of all keys in Redis. @default BullMQ's own */
  readonly prefix?: string
  /** How many keys are handed over side by side. @default 8 */
  readonly concurrency?: number
  readonly surroundings?: Partial<Pick<Surroundings, 'now' | 'schedule'>>
  /** Hears of a lost connection and the like. Nothing has to be done: BullMQ connects again. */
  readonly onError?: (error: unknown) => void
}

export interface BullDispatcher extends JobDispatcher {
  /** Ends the connection by which keys are sent. The runner must have stopped. */
  readonly close: () => Promise<void>
}

/** What Redis holds of a job: its key, and nothing else. */
const carried = v.object({ key: v.string() })

/** How long a step may take before Redis counts as down. */
const WAIT_MS = 2000

/**
 * Carries keys of jobs by BullMQ, so that the machine that is free does the next job. Redis is never the truth: what it loses, the runner finds in
 * the table. A key for one time is carried once, however often it is sent. BullMQ makes its connections with `ioredis`.
 */
export function createBullDispatcher(options: BullDispatcherOptions): BullDispatcher {
  const { queueName = 'lightfast-jobs', concurrency = 8, onError = () => undefined } = options
  const { now, schedule } = { ...defaultSurroundings, ...options.surroundings }
  const { connection, prefix } = options
  const base = prefix === undefined ? {} : { prefix }
  const queue = new Queue(queueName, { ...base, connection: failAtOnce(connection) })
  queue.on('error', onError)
  let isOpen = false
  const opening = inTime(queue.waitUntilReady().then(noteOpen))
  // Who dispatches hears of it; nobody else has to.
  opening.catch(() => undefined)
  return { dispatch, listen, close: () => end(queue, queue.close()) }

  function noteOpen(): void {
    isOpen = true
  }

  async function dispatch(jobs: readonly Dispatched[]): Promise<void> {
    if (!isOpen) await opening
    await inTime(queue.addBulk(jobs.map((job) => toBullJob(job, now()))))
  }

  function listen(run: (key: string) => Promise<void>): () => Promise<void> {
    const active = new Set<Promise<void>>()
    const work = async ({ data }: { readonly data: unknown }): Promise<void> => {
      const running = run(v.parse(carried, data).key)
      active.add(running)
      await running.finally(() => active.delete(running))
    }
    const worker = new Worker(queueName, work, { ...base, connection, concurrency })
    worker.on('error', onError)
    return async function unlisten() {
      const closing = worker.close()
      await Promise.allSettled(active)
      await end(worker, closing)
    }
  }

  /** Without Redis some steps would wait for ever. */
  function inTime(step: Promise<unknown>): Promise<unknown> {
    const late = new Error('Redis did not answer in time.')
    return settleWithin<unknown>(
      { schedule, ms: WAIT_MS, signal: undefined, onTime: (_, reject) => reject(late) },
      (resolve, reject) => void step.then(resolve, reject),
    )
  }

  async function end(ending: Disconnecting, closing: Promise<void>): Promise<void> {
    await inTime(closing).catch(onError)
    // A connection that was lost would be made again and again, and keep the process alive.
    await inTime(ending.disconnect()).catch(onError)
  }
}

interface Disconnecting {
  readonly disconnect: () => Promise<void>
}

/** A key may come again for another time while it is carried, or being done: so the time is part of the id. */
function toBullJob({ key, runAt }: Dispatched, now: number) {
  return {
    name: 'job',
    data: { key },
    opts: {
      // BullMQ takes no colons.
      jobId: `${encodeURIComponent(key)}@${runAt}`,
      delay: Math.max(0, runAt - now),
      removeOnComplete: true,
      removeOnFail: true,
    },
  }
}

/** A client that was made elsewhere is left as it is. */
function failAtOnce(connection: ConnectionOptions): ConnectionOptions {
  const isClient = 'connect' in connection || 'duplicate' in connection
  return isClient ? connection : { ...connection, enableOfflineQueue: false }
}
