import { PgBoss } from 'pg-boss'
import type { Case } from '../timing/time-calls.ts'
import { findServer } from './find-server.ts'
import { CONCURRENCY, JOBS, JOBS_AT_ONCE, jobsRhythm } from './terms.ts'

const QUEUE = 'bench'

/** As ours does it: so many side by side, each settled by itself. */
const oneByOne = createCase(async (boss) => {
  const workers = Array.from({ length: CONCURRENCY }, () => work(boss, 1))
  const done = await Promise.all(workers)
  return done.reduce((one, other) => one + other, 0)
})

/** One statement settles as many as are done side by side: if one of them fails, all are done again. */
const inBatches = createCase((boss) => work(boss, CONCURRENCY))

export const cases = { oneByOne, inBatches }

/** Its maintenance is off. */
function createCase(drain: (boss: PgBoss) => Promise<number>): Case {
  return {
    rhythm: jobsRhythm,
    async prepare() {
      const boss = new PgBoss({
        connectionString: findServer('postgres'),
        schema: `boss_${process.pid}`,
        supervise: false,
        schedule: false,
      })
      await boss.start()
      await boss.createQueue(QUEUE)
      return {
        async call() {
          for (let at = 0; at < JOBS; at += JOBS_AT_ONCE) await boss.insert(QUEUE, makeJobs())
          const done = await drain(boss)
          if (done !== JOBS) throw new Error(`${done} of ${JOBS} jobs were done.`)
        },
        end: () => boss.stop(),
      }
    },
  }
}

/** Its own worker sleeps for half a second when there is nothing to do; in a loop of ours it need not. */
async function work(boss: PgBoss, batchSize: number): Promise<number> {
  for (let done = 0; ;) {
    const jobs = await boss.fetch(QUEUE, { batchSize })
    if (jobs.length === 0) return done
    const ids = jobs.map(({ id }) => id)
    await boss.complete(QUEUE, ids)
    done += ids.length
  }
}

function makeJobs() {
  return Array.from({ length: JOBS_AT_ONCE }, () => ({ data: { subject: crypto.randomUUID() } }))
}
