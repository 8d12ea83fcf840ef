/** A store that several processes share, and one that is killed. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { codeOf, sampleAttempt, sampleJob } from '../testing/store-samples.ts'
import { migrateSqlite, openSqliteStore } from './sqlite.ts'

const PROCESSES = 8
const JOBS = 1000

const folder = mkdtempSync(join(tmpdir(), 'lightfast-processes-'))
let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

function start(task: 'claim' | 'write' | 'hang', path: string) {
  const worker = fileURLToPath(new URL('./test-support/store-worker.ts', import.meta.url))
  const child = spawn(process.execPath, [worker, task, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', (data: Buffer) => {
    const [last = '', ...whole] = (rest + data.toString()).split('\n').toReversed()
    lines.push(...whole.toReversed())
    rest = last
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(() => kill(child, gone))
  return { child, lines, gone }
}

async function kill(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await gone
}

async function open(path: string, waitMs?: number) {
  const store = await openSqliteStore({ path, ...(waitMs !== undefined && { waitMs }) })
  onTestFinished(store.close)
  return store
}

test(`${PROCESSES} processes that start at once on a new file claim ${JOBS} jobs, each once`, async () => {
  const path = nextPath()
  const store = await open(path)
  await store.jobs.enqueue(Array.from({ length: JOBS }, () => sampleJob({ runAt: 1 })))
  const workers = Array.from({ length: PROCESSES }, () => start('claim', path))
  await Promise.all(workers.map(({ gone }) => gone))
  const lines = workers.flatMap(({ lines }) => lines)
  expect(lines.filter((line) => line.startsWith('settled'))).toHaveLength(JOBS)
  expect(new Set(lines).size).toBe(JOBS)
  expect(lines).toHaveLength(JOBS)
  expect(await store.jobs.count()).toEqual([])
}, 60_000)

test('of many who bring a new file up to date at once, one does', async () => {
  const path = nextPath()
  const ran = await Promise.all(Array.from({ length: PROCESSES }, () => migrateSqlite({ path })))
  expect(ran.filter((names) => names.length > 0)).toEqual([
    ['0001_images_and_attempts', '0002_upload_ladder', '0003_access'],
  ])
})

test('a process that is killed while it writes leaves whole records only', async () => {
  const path = nextPath()
  const { child, lines, gone } = start('write', path)
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(50)
  await kill(child, gone)
  const store = await open(path)
  const records = await store.records.list({ limit: 99_999 })
  const ids = new Set(records.map(({ id }) => id))
  expect(lines.filter((id) => !ids.has(id))).toEqual([])
  for (const { id } of records) {
    expect(await store.attempts.of(id)).toHaveLength(1)
    expect(await store.audit.of(id)).toHaveLength(1)
    expect(await store.jobs.find(`expire:${id}`)).toBeDefined()
  }
}, 30_000)

test('while a process hangs in a transaction others read and cannot write, and once it is killed nothing of it is left', async () => {
  const path = nextPath()
  const { child, lines, gone } = start('hang', path)
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1)
  const [id = ''] = lines
  const store = await open(path, 100)
  const write = () => codeOf(store.attempts.change([{ add: sampleAttempt(id) }]))
  const writing = write()
  expect(await store.attempts.of(id)).toEqual([])
  expect(await writing).toBe('store_unavailable')
  await kill(child, gone)
  expect(await store.attempts.of(id)).toEqual([])
  expect(await write()).toBe('none')
  expect(await store.attempts.of(id)).toHaveLength(1)
}, 30_000)
