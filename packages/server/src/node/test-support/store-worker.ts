/** A process that writes into a store, told what to do on its command line. It tells what it did on its output. */
import { writeSync } from 'node:fs'
import { openSqliteStore } from '../sqlite.ts'
import { beside, sampleAttempt, sampleJob, sampleRecord } from '../../testing/store-samples.ts'

const [task = '', path = ''] = process.argv.slice(2)

/** Stops for good in the middle of a transaction: the clock is read after the first rows are written. */
let readClock = () => Date.now()
const store = await openSqliteStore({ path, now: () => readClock() })
const tell = (line: string) => writeSync(1, `${line}\n`)

if (task === 'claim') await claimAll()
else if (task === 'write') await writeOn()
else await hang()

/** Claims and settles until nothing is left. */
async function claimAll(): Promise<void> {
  const owner = String(process.pid)
  for (;;) {
    const lease = { owner, until: Date.now() + 60_000 }
    const jobs = await store.jobs.claim({ lease, now: Date.now(), limit: 7 })
    if (jobs.length === 0) break
    for (const job of jobs) {
      const answer = await store.jobs.settle(job, owner, { status: 'done' })
      tell(`${answer} ${job.key}`)
    }
  }
  await store.close()
}

/** Creates records, each with an attempt, a job and a line of the audit, until it is killed. */
async function writeOn(): Promise<void> {
  for (;;) {
    const record = sampleRecord()
    const attempts = [{ add: sampleAttempt(record.id) }]
    const jobs = [sampleJob({ kind: 'expire', subject: record.id })]
    await store.records.create(record, { ...beside, attempts, jobs })
    tell(record.id)
  }
}

async function hang(): Promise<void> {
  const record = sampleRecord()
  await store.records.create(record, beside)
  const add = sampleAttempt(record.id)
  readClock = () => {
    tell(record.id)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    return 0
  }
  await store.attempts.change([{ add }], [sampleJob()])
}
