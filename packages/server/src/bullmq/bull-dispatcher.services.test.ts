import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest'
import { startRedis } from '../../../../tools/services.ts'
import { createJobRunner } from '../jobs/create-job-runner.ts'
import { openSqliteStore } from '../node/sqlite.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { handleAll, makeStatus, silentJobs, subjects } from '../test-support/set-up-jobs.ts'
import { createBullDispatcher } from './bull-dispatcher.ts'
import type { BullDispatcher } from './bull-dispatcher.ts'

/** A database of its own: this file empties it, and others share the server. */
const url = `${inject('redisUrl')}/7`
const redis = new Redis(url)
const folder = mkdtempSync(join(tmpdir(), 'lightfast-bull-'))
const opened: BullDispatcher[] = []
const running = new Set<ChildProcess>()
const due = (ids: readonly string[]) =>
  ids.map((subject) => ({ kind: 'forward', subject, runAt: 0 }) as const)

beforeEach(() => redis.flushdb())

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
  await Promise.all(opened.splice(0).map((dispatcher) => dispatcher.close()))
})

afterAll(async () => {
  await redis.quit()
  rmSync(folder, { recursive: true })
})

function open(options: Partial<Parameters<typeof createBullDispatcher>[0]> = {}): BullDispatcher {
  const dispatcher = createBullDispatcher({ connection: { url }, ...options })
  opened.push(dispatcher)
  return dispatcher
}

/** Starts machines that share a table, and gives what puts jobs into it. */
async function startMachines(name: string, pollMs: number) {
  const [path, log] = [join(folder, `${name}.db`), join(folder, `${name}.log`)]
  writeFileSync(log, '')
  const { jobs, close } = await openSqliteStore({ path })
  await Promise.all([0, 1].map(() => startMachine([path, log, url, `${pollMs}`])))
  const sender = createJobRunner({
    store: jobs,
    handlers: handleAll(() => Promise.reject(new Error('It only sends.'))),
    client: { status: () => makeStatus() },
    dispatcher: open(),
  })
  return {
    close,
    isEmpty: async () => (await jobs.list({ limit: 1 })).length === 0,
    lines: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    async send(ids: readonly string[]) {
      await jobs.enqueue(due(ids))
      sender.nudge(due(ids))
    },
  }
}

async function startMachine(args: readonly string[]): Promise<void> {
  const script = new URL('../test-support/job-process.ts', import.meta.url)
  const child = fork(script, args, { execArgv: [] })
  running.add(child)
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`A machine ended with ${code}.`)))
  })
}

const slowly = { timeout: 30_000, interval: 50 }

test('of 500 jobs that two machines share, each is done once, and both do some', async () => {
  const machines = await startMachines('share', 30_000)
  for (let at = 0; at < 500; at += 50) await machines.send(subjects(500).slice(at, at + 50))
  await expect.poll(machines.isEmpty, slowly).toBe(true)
  const lines = machines.lines().map((line) => line.split(' '))
  const keys = lines.map(([, key = '']) => key)
  expect(keys.toSorted()).toEqual(subjects(500).map((subject) => `forward:${subject}`))
  expect(new Set(lines.map(([pid]) => pid)).size).toBe(2)
  await machines.close()
}, 60_000)

test('what Redis lost in the middle is done all the same, each once', async () => {
  const machines = await startMachines('flushed', 500)
  for (let at = 0; at < 500; at += 50) {
    await machines.send(subjects(500).slice(at, at + 50))
    await redis.flushdb()
  }
  await expect.poll(machines.isEmpty, slowly).toBe(true)
  const keys = machines.lines().map((line) => line.split(' ')[1] ?? '')
  expect(keys.toSorted()).toEqual(subjects(500).map((subject) => `forward:${subject}`))
  await machines.close()
}, 60_000)

test('a key for a time is carried once, and brought at that time', async () => {
  const dispatcher = open()
  const runAt = Date.now() + 400
  await dispatcher.dispatch([{ key: 'forward:ä/1', runAt }])
  await dispatcher.dispatch([{ key: 'forward:ä/1', runAt }])
  await dispatcher.dispatch([{ key: 'forward:ä/1', runAt: runAt + 1 }])
  const queue = new Queue('lightfast-jobs', { connection: { url } })
  expect(await queue.getJobCounts('delayed', 'waiting')).toEqual({ delayed: 2, waiting: 0 })
  const brought: (readonly [string, boolean])[] = []
  const unlisten = dispatcher.listen(async (key) => {
    brought.push([key, Date.now() >= runAt])
  })
  await expect.poll(() => brought, slowly).toHaveLength(2)
  expect(brought).toEqual([
    ['forward:ä/1', true],
    ['forward:ä/1', true],
  ])
  await unlisten()
  expect(await redis.keys('*forward*')).toEqual([])
  await queue.close()
})

test('a key that cannot be run is dropped, and the next one is brought', async () => {
  const dispatcher = open()
  const brought: string[] = []
  const unlisten = dispatcher.listen(async (key) => {
    brought.push(key)
    if (key === 'forward:bad') throw new Error('A test.')
  })
  const keys = ['forward:bad', 'forward:good']
  await dispatcher.dispatch(keys.map((key) => ({ key, runAt: 0 })))
  await expect.poll(() => brought.toSorted(), slowly).toEqual(keys)
  await unlisten()
  expect(await redis.keys('*forward*')).toEqual([])
})

test('without Redis, jobs are done by the poll, and the runner stops as it should', async () => {
  const { jobs } = createMemoryStore({ now: () => Date.now() })
  const dispatcher = open({ connection: { host: '127.0.0.1', port: 1 } })
  const runner = createJobRunner({
    store: jobs,
    handlers: handleAll(async () => 'done'),
    client: { status: () => makeStatus() },
    dispatcher,
    logger: silentJobs,
  })
  let failed = 0
  runner.events.on('dispatch-failed', () => (failed += 1))
  runner.start()
  await jobs.enqueue(due(subjects(20)))
  runner.nudge(due(subjects(20)))
  await expect.poll(() => jobs.list({ limit: 1 }), slowly).toEqual([])
  await expect.poll(() => failed, slowly).toBe(1)
  await runner.stop()
}, 30_000)

test('a Redis that goes away in the middle is no outage of ours', async () => {
  const own = await startRedis()
  const { jobs } = createMemoryStore({ now: () => Date.now() })
  const runner = createJobRunner({
    store: jobs,
    handlers: handleAll(async () => 'done'),
    client: { status: () => makeStatus() },
    dispatcher: open({ connection: { url: own.url } }),
    logger: silentJobs,
  })
  let failed = 0
  runner.events.on('dispatch-failed', () => (failed += 1))
  runner.start()
  await jobs.enqueue(due(['before']))
  runner.nudge(due(['before']))
  await expect.poll(() => jobs.list({ limit: 1 }), slowly).toEqual([])
  expect(failed).toBe(0)
  await own.stop()
  await jobs.enqueue(due(['after']))
  runner.nudge(due(['after']))
  await expect.poll(() => jobs.list({ limit: 1 }), slowly).toEqual([])
  expect(failed).toBe(1)
  await runner.stop()
}, 40_000)
