import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { beside, codeOf, sampleAttempt, sampleJob, sampleRecord } from '../testing/store-samples.ts'
import { openSqliteStore } from './sqlite.ts'
import type { SqliteStoreOptions } from './sqlite.ts'
import { openByHand } from './test-support/open-by-hand.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-bad-days-'))
let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

async function open(options: SqliteStoreOptions) {
  const store = await openSqliteStore(options)
  onTestFinished(store.close)
  return store
}

test('what was written is there after the file was closed and opened', async () => {
  const path = nextPath()
  const store = await openSqliteStore({ path, now: () => 5 })
  const { record } = await store.records.create(sampleRecord(), beside)
  await store.records.move(record, 'pending', { beside })
  await store.close()
  const again = await open({ path })
  expect(await again.records.find(record.id)).toEqual({
    ...record,
    state: 'pending',
    version: 1,
    updatedAt: 5,
  })
})

test('every method of a store that does not answer rejects with a failure of the table', async () => {
  const store = await openSqliteStore({ path: nextPath() })
  await store.close()
  await store.close()
  const record = sampleRecord()
  const usage = { imageId: 'a', type: 'a', thingId: 'a', field: 'a', since: 1 }
  const lease = { owner: 'one', until: 1 }
  const { records, attempts, jobs, audit, usages, leases } = store
  const job = { ...sampleJob(), key: 'a', state: 'queued', tries: 0, pauseMs: 0 } as const
  const full = { ...job, lease: null, code: null, revision: 0, createdAt: 1 }
  const calls = [
    records.create(record, beside),
    records.find('a'),
    records.findMany(['a']),
    records.move(record, 'pending', { beside }),
    records.list({ limit: 1 }),
    records.count(),
    attempts.change([]),
    attempts.find('a'),
    attempts.findMany(['a']),
    attempts.findByCloudflareId('a'),
    attempts.of('a'),
    jobs.enqueue([sampleJob()]),
    jobs.claim({ lease, now: 1, limit: 1 }),
    jobs.renew(['a'], lease),
    jobs.settle(full, 'one', { status: 'done' }),
    jobs.find('a'),
    jobs.list({ limit: 1 }),
    jobs.replay('a'),
    jobs.count(),
    jobs.nextAt(),
    audit.of('a'),
    usages.add(usage),
    usages.remove(usage),
    usages.of('a'),
    leases.take('a', 'one', 1),
    leases.giveBack('a', 'one'),
  ]
  const codes = await Promise.all(calls.map(codeOf))
  expect(codes).toEqual(calls.map(() => 'store_unavailable'))
  await expect(records.find('a')).rejects.toMatchObject({ cause: expect.anything() })
})

test('a file that another keeps locked: writes wait for so long and no longer, reads go on', async () => {
  const path = nextPath()
  const store = await open({ path, waitMs: 150 })
  const other = new DatabaseSync(path)
  onTestFinished(() => other.close())
  const { record } = await store.records.create(sampleRecord(), beside)
  other.exec('begin immediate')
  const refused = codeOf(store.records.create(sampleRecord(), beside))
  expect(await store.records.find(record.id)).toEqual(record)
  expect(await refused).toBe('store_unavailable')
  const patient = await open({ path })
  const waiting = codeOf(patient.records.create(sampleRecord(), beside))
  await patient.records.find(record.id)
  other.exec('commit')
  expect(await waiting).toBe('none')
  expect(await codeOf(store.records.create(sampleRecord(), beside))).toBe('none')
})

test('a file that may only be read is read, and each write is refused', async () => {
  const path = nextPath()
  const owner = await open({ path })
  const { record } = await owner.records.create(sampleRecord(), beside)
  const store = await open({ path: `file:${path}?mode=ro` })
  expect(await store.records.find(record.id)).toEqual(record)
  expect(await codeOf(store.records.move(record, 'pending', { beside }))).toBe('store_unavailable')
  expect(await codeOf(store.jobs.enqueue([sampleJob()]))).toBe('store_unavailable')
  expect(await owner.records.find(record.id)).toEqual(record)
})

test('a full disk refuses a write as a whole, and the store goes on when there is room again', async () => {
  const { store, database } = await openByHand(nextPath())
  const { record } = await store.records.create(sampleRecord(), beside)
  const full = () => {
    const jobs = Array.from({ length: 400 }, () => sampleJob())
    const attempts = [{ add: sampleAttempt(record.id) }]
    return codeOf(store.attempts.change(attempts, jobs))
  }
  const pages = database.prepare('pragma page_count').get()?.['page_count']
  database.exec(`pragma max_page_count = ${Number(pages) + 2}`)
  expect(await full()).toBe('store_unavailable')
  expect(await store.attempts.of(record.id)).toEqual([])
  expect(await store.jobs.list({ limit: 9 })).toEqual([])
  database.exec('pragma max_page_count = 1000000')
  expect(await full()).toBe('none')
  expect(await store.attempts.of(record.id)).toHaveLength(1)
  database.close()
})

test('a folder that is not there is a failure of the table', async () => {
  const path = join(folder, 'nothing', 'a.db')
  expect(await codeOf(openSqliteStore({ path }))).toBe('store_unavailable')
})
