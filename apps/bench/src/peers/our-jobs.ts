/** Jobs through our runner, with handlers that do nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createImagesClient, createJobRunner, createMemoryStore } from '@lightfast/server'
import type { JobHandlers, JobStore } from '@lightfast/server'
import { openSqliteStore } from '@lightfast/server/node'
import { openPostgresStore } from '@lightfast/server/postgres'
import type { Case, Subject } from '../timing/time-calls.ts'
import { findServer } from './find-server.ts'
import { answer, ACCOUNT_ID, API_TOKEN } from './stub-host.ts'
import { CONCURRENCY, JOBS, JOBS_AT_ONCE, jobsRhythm } from './terms.ts'

const memory: Case = {
  rhythm: jobsRhythm,
  prepare: async () => runThrough(createMemoryStore({ now }).jobs),
}

const sqlite: Case = {
  rhythm: jobsRhythm,
  async prepare() {
    const folder = mkdtempSync(join(tmpdir(), 'lightfast-bench-'))
    const store = await openSqliteStore({ path: join(folder, 'images.db') })
    const end = async (): Promise<void> => {
      await store.close()
      rmSync(folder, { recursive: true })
    }
    return { ...runThrough(store.jobs), end }
  },
}

const postgres: Case = {
  rhythm: jobsRhythm,
  async prepare() {
    const connectionString = findServer('postgres')
    const store = await openPostgresStore({ connectionString, schema: `ours_${process.pid}` })
    return { ...runThrough(store.jobs), end: store.close }
  },
}

export const cases = { memory, sqlite, postgres }

const now = (): number => Date.now()

function runThrough(store: JobStore): Subject {
  const client = createImagesClient({ accountId: ACCOUNT_ID, apiToken: API_TOKEN, fetch: answer })
  const runner = createJobRunner({ store, handlers, client, concurrency: CONCURRENCY })
  return {
    async call() {
      for (let at = 0; at < JOBS; at += JOBS_AT_ONCE) await store.enqueue(makeJobs())
      const { done } = await runner.drain()
      if (done !== JOBS) throw new Error(`${done} of ${JOBS} jobs were done.`)
    },
  }
}

function makeJobs() {
  const runAt = Date.now()
  return Array.from({ length: JOBS_AT_ONCE }, () => {
    return { kind: 'close', subject: crypto.randomUUID(), runAt } as const
  })
}

const handle = async (): Promise<'done'> => 'done'

const handlers: JobHandlers = {
  expire: handle,
  confirm: handle,
  forward: handle,
  close: handle,
  'delete-remote': handle,
  'drop-bytes': handle,
  reconcile: handle,
  thumbhash: handle,
}
