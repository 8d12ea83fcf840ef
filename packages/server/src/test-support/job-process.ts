/** A machine that does jobs: it shares a table and a Redis with others, and writes down what it did. */
import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createBullDispatcher } from '../bullmq/bull-dispatcher.ts'
import { createJobRunner } from '../jobs/create-job-runner.ts'
import { openSqliteStore } from '../node/sqlite.ts'
import { handleAll, makeStatus } from './set-up-jobs.ts'

const [path = '', log = '', url = '', pollMs = ''] = process.argv.slice(2)
const { jobs } = await openSqliteStore({ path })
const dispatcher = createBullDispatcher({ connection: { url }, concurrency: 4 })
const runner = createJobRunner({
  store: jobs,
  handlers: handleAll(async ({ key }) => {
    // As if it called somebody: otherwise one machine may have done all before the other has begun.
    await setTimeout(10)
    appendFileSync(log, `${process.pid} ${key}\n`)
    return 'done'
  }),
  client: { status: () => makeStatus() },
  dispatcher,
  pollMs: Number(pollMs),
})
runner.start()
process.on('disconnect', () => process.exit())
process.send?.('ready')
