import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Case } from '../timing/time-calls.ts'
import { findServer } from './find-server.ts'
import { CONCURRENCY, JOBS, JOBS_AT_ONCE, jobsRhythm } from './terms.ts'

/** What is done is forgotten, as with ours. */
const defaultJobOptions = { removeOnComplete: true }

const redis: Case = {
  rhythm: jobsRhythm,
  async prepare() {
    const connection = new Redis(findServer('redis'), { maxRetriesPerRequest: null })
    const queue = new Queue(`bench-${process.pid}`, { connection, defaultJobOptions })
    const worker = new Worker(queue.name, async () => undefined, {
      connection,
      concurrency: CONCURRENCY,
    })
    await worker.waitUntilReady()
    return {
      async call() {
        const done = countCompleted(worker)
        for (let at = 0; at < JOBS; at += JOBS_AT_ONCE) await queue.addBulk(makeJobs())
        await done
      },
      async end() {
        await worker.close()
        await queue.close()
        connection.disconnect()
      },
    }
  },
}

export const cases = { redis }

function makeJobs() {
  return Array.from({ length: JOBS_AT_ONCE }, () => {
    return { name: 'close', data: { subject: crypto.randomUUID() } }
  })
}

function countCompleted(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    let left = JOBS
    worker.on('completed', count)

    function count(): void {
      left -= 1
      if (left > 0) return
      worker.off('completed', count)
      resolve()
    }
  })
}
