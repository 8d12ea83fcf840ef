import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import type { BreakerStore } from '../resilience/breaker-store.ts'
import { describeBreakerModel } from '../testing/describe-breaker-model.ts'
import { describeBreakerStore } from '../testing/describe-breaker-store.ts'
import { openSqliteBreakerStore } from './sqlite-breaker-store.ts'
import type { SqliteBreakerStore } from './sqlite-breaker-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-circuits-'))
const opened: SqliteBreakerStore[] = []
const rules = { ...defaultBreakerConfig, quorum: 2, orEverybody: true }
const report = {
  witness: 'a',
  generation: 0,
  calls: 5,
  failures: 5,
  slow: 0,
  trailingFailures: 5,
  random: 0.5,
}

let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

async function open(path: string, now?: () => number): Promise<SqliteBreakerStore> {
  const store = await openSqliteBreakerStore({ path, ...(now && { now }) })
  opened.push(store)
  return store
}

/** Every look and every probe goes through another handle than the reports. */
async function openTwice(now: () => number): Promise<BreakerStore> {
  const path = nextPath()
  const [one, two] = [await open(path, now), await open(path, now)]
  return { ...one, observe: two.observe, tryProbe: two.tryProbe }
}

afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()))
  rmSync(folder, { recursive: true })
})

describeBreakerStore('SQLite in a file', (now) => open(nextPath(), now))
describeBreakerModel('SQLite in memory', (now) => open(':memory:', now), { runs: 300 })
describeBreakerModel('SQLite through two handles', openTwice, { runs: 40 })

test('two handles on one file see the same circuit, and so does one opened later', async () => {
  const path = nextPath()
  const [one, two] = [await open(path, () => 5), await open(path, () => 5)]
  const verdict = await one.report('read', report, rules)
  expect(verdict).toMatchObject({ status: 'open', remainingMs: 30_000 })
  expect(await two.observe('read')).toEqual(verdict)
  expect(await (await open(path, () => 5)).observe('read')).toEqual(verdict)
})

test('a step that finds the file locked fails within its time and says why; a look does not wait', async () => {
  const path = nextPath()
  const store = await open(path)
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  const before = performance.now()
  await expect(store.report('read', report, rules)).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringContaining('kept the file locked for 50 ms'),
    cause: expect.objectContaining({ errcode: 5 }),
  })
  expect(performance.now() - before).toBeLessThan(1000)
  expect(await store.observe('read')).toMatchObject({ status: 'closed' })
  other.exec('rollback')
  other.close()
  expect(await store.report('read', report, rules)).toMatchObject({ status: 'open' })
})

test('opening waits until another process lets it make the file a WAL', async () => {
  const path = nextPath()
  const other = new DatabaseSync(path)
  other.exec('create table others (id text); begin; select * from others')
  const opening = open(path)
  const waiting = Promise.resolve('still waiting')
  expect(await Promise.race([opening, waiting])).toBe('still waiting')
  other.exec('commit')
  other.close()
  expect(await (await opening).observe('read')).toMatchObject({ status: 'closed' })
})

test('a state that cannot be read is as good as none', async () => {
  const path = nextPath()
  const store = await open(path, () => 5)
  await store.report('read', report, rules)
  const other = new DatabaseSync(path)
  other.exec(`update circuits set state = '{"status":"molten"}'`)
  other.close()
  expect(await store.observe('read')).toMatchObject({ status: 'closed', generation: 0 })
  expect(await store.report('read', report, rules)).toMatchObject({ status: 'open' })
})

test('a closed file is a failure of the table, with its cause', async () => {
  const store = await openSqliteBreakerStore({ path: nextPath() })
  await store.close()
  await expect(store.observe('read')).rejects.toMatchObject({
    code: 'store_unavailable',
    cause: expect.anything(),
  })
})

test('a file that is no database cannot be opened', async () => {
  await expect(openSqliteBreakerStore({ path: folder })).rejects.toMatchObject({
    code: 'store_unavailable',
  })
})
