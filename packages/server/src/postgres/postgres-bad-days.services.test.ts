/** A server that is restarted under load, and many connections that want the same jobs. It has a server of its own. */
import { Pool } from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startPostgres } from '../../../../tools/services.ts'
import {
  beside,
  codeOf,
  NOON,
  sampleAttempt,
  sampleJob,
  sampleRecord,
} from '../testing/store-samples.ts'
import { openPostgresStore } from './postgres-store.ts'

const CONNECTIONS = 50
const JOBS = 1000

const server = await startPostgres()
const add = (imageId = '') => ({ add: sampleAttempt(imageId) })
const nextSchema = () => `test_${crypto.randomUUID().replaceAll('-', '')}`

afterAll(() => server.stop())

async function open(max: number, schema = nextSchema()) {
  const pool = new Pool({ connectionString: server.url, max })
  const store = await openPostgresStore({ pool, schema })
  onTestFinished(async () => {
    await store.close()
    await pool.end()
  })
  return { pool, store, schema }
}

test(`${CONNECTIONS} connections claim ${JOBS} jobs, each once`, async () => {
  const { store } = await open(CONNECTIONS)
  await store.jobs.enqueue(Array.from({ length: JOBS }, () => sampleJob({ runAt: 1 })))
  const workers = Array.from({ length: CONNECTIONS }, async (_, at) => {
    const done: string[] = []
    const lease = { owner: `worker ${at}`, until: Date.now() + 60_000 }
    for (;;) {
      const jobs = await store.jobs.claim({ lease, now: Date.now(), limit: 7 })
      if (jobs.length === 0) return done
      for (const job of jobs) {
        const answer = await store.jobs.settle(job, lease.owner, { status: 'done' })
        done.push(`${answer} ${job.key}`)
      }
    }
  })
  const done = (await Promise.all(workers)).flat()
  expect(done.filter((line) => line.startsWith('settled'))).toHaveLength(JOBS)
  expect(new Set(done).size).toBe(JOBS)
  expect(await store.jobs.count()).toEqual([])
}, 60_000)

test.each(['fast', 'immediate'] as const)(
  'a restart under load (%s): writes are whole or not there, what was answered is kept, and the store goes on',
  async (how) => {
    const { store } = await open(10)
    const written: string[] = []
    const codes = new Set<unknown>()
    const over = new AbortController()
    const write = async () => {
      while (!over.signal.aborted) {
        const record = sampleRecord()
        const attempts = [{ add: sampleAttempt(record.id) }]
        const jobs = [sampleJob({ kind: 'expire', subject: record.id })]
        const code = await codeOf(store.records.create(record, { ...beside, attempts, jobs }))
        codes.add(code)
        if (code === 'none') written.push(record.id)
      }
    }
    const writers = Array.from({ length: 10 }, write)
    await expect.poll(() => written.length).toBeGreaterThan(50)
    await server.restart(how)
    const before = written.length
    await expect.poll(() => written.length).toBeGreaterThan(before + 50)
    over.abort()
    await Promise.all(writers)
    expect(codes).toEqual(new Set(['none', 'store_unavailable']))
    const records = await store.records.list({ limit: 99_999 })
    const ids = new Set(records.map(({ id }) => id))
    expect(written.filter((id) => !ids.has(id))).toEqual([])
    for (const { id } of records) {
      expect(await store.attempts.of(id)).toHaveLength(1)
      expect(await store.audit.of(id)).toHaveLength(1)
      expect(await store.jobs.find(`expire:${id}`)).toBeDefined()
    }
  },
  60_000,
)

test('connections that are ended while nobody uses them are no trouble', async () => {
  const { pool, store } = await open(3)
  const admin = new Pool({ connectionString: server.url, max: 1 })
  admin.on('error', () => {})
  await Promise.all([1, 2, 3].map(() => store.jobs.count()))
  const others = 'pid <> pg_backend_pid() and application_name is not null'
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`)
  await expect.poll(() => pool.totalCount).toBe(0)
  expect(await store.jobs.count()).toEqual([])
  await admin.end()
})

test('a store that was closed does not mind what becomes of the server', async () => {
  const store = await openPostgresStore({ connectionString: server.url, schema: nextSchema() })
  await Promise.all(Array.from({ length: 9 }, () => store.jobs.count()))
  await store.close()
  await server.restart('fast')
})

test('transactions that want the same rows in another order do not wait for each other', async () => {
  const { store } = await open(20)
  const records = [sampleRecord(), sampleRecord()]
  for (const record of records) await store.records.create(record, beside)
  const [one, two] = records.map(({ id }) => id)
  const changes = Array.from({ length: 10 }, (_, at) =>
    store.attempts.change(at % 2 ? [add(one), add(two)] : [add(two), add(one)]),
  )
  expect(new Set(await Promise.all(changes))).toEqual(new Set(['changed']))
  expect(await store.attempts.of(one ?? '')).toHaveLength(10)
}, 30_000)

test('a server that only reads refuses writes, and answers what is there', async () => {
  const { store, schema } = await open(2)
  const { record } = await store.records.create(sampleRecord(), beside)
  const connectionString = `${server.url}?options=-c%20default_transaction_read_only%3Don`
  const reader = await openPostgresStore({ connectionString, schema })
  onTestFinished(reader.close)
  expect(await reader.records.find(record.id)).toEqual(record)
  expect(await codeOf(reader.jobs.enqueue([sampleJob({ runAt: NOON })]))).toBe('store_unavailable')
})

test('what is claimed, found and moved is looked up by an index', async () => {
  const { pool, schema } = await open(1)
  // The tables are empty, and reading an empty table from end to end is cheapest.
  await pool.query('set enable_seqscan = off')
  const explain = async (sql: string) => {
    const { rows } = await pool.query(`explain ${sql}`)
    return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
  }
  const due = `select key from ${schema}.jobs where state = 'queued' and ready_at <= 1 order by ready_at, key limit 5 for update skip locked`
  expect(await explain(due)).toContain('jobs_ready')
  const page = `select id from ${schema}.images where owner_id = 'a' and (created_at, id) < (5, 'a') order by created_at desc, id desc limit 5`
  expect(await explain(page)).toContain('images_owner_created')
  const attempt = `select id from ${schema}.attempts where cloudflare_id = 'c'`
  expect(await explain(attempt)).toContain('attempts_cloudflare')
})
