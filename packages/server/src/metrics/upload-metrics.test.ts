import { failures, imageStates } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { jobKinds } from '../jobs/job-store.ts'
import { ada, makeRequest, openUploads, png, post, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'
import { parseExposition } from '../test-support/parse-exposition.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { UploadsEvent } from '../uploads/upload-events.ts'
import { createMetrics } from './create-metrics.ts'
import type { Metrics, MetricsOptions } from './create-metrics.ts'
import type { CountedUploads } from './read-stock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Watched {
  readonly app: TestUploads
  readonly metrics: Metrics
}

async function watch(options: MetricsOptions = {}): Promise<Watched> {
  const app = await openUploads({ rungs: ['direct', 'relay', 'park'] })
  const { client, uploads, runner, now } = app
  return { app, metrics: createMetrics(client, { uploads, runner, now, ...options }) }
}

/** The lines of one family, without its head, and without its name. */
async function lines(metrics: Metrics, name: string): Promise<readonly string[]> {
  const family = parseExposition(await metrics.render()).get(name)
  if (!family) throw new Error(`There is no family ${name}.`)
  return [...family.samples].map(([series, { value }]) => `${series.slice(name.length)} ${value}`)
}

async function upload({ app }: Watched): Promise<string> {
  const { image, way } = await app.uploads.start(ada, makeRequest())
  await post(app.emulator, way)
  await app.uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
  return image.id
}

describe('what real uploads leave behind', () => {
  test('one that goes well: its way, and every step', async () => {
    const watched = await watch()
    await upload(watched)
    const { metrics } = watched
    expect(await lines(metrics, 'lightfast_ways_opened_total')).toEqual(['{rung="direct"} 1'])
    expect(await lines(metrics, 'lightfast_images_moved_total')).toEqual([
      step('', 'requested', 'direct'),
      step('requested', 'pending', ''),
      step('pending', 'delivered', 'direct'),
      step('delivered', 'ready', 'direct'),
    ])
    expect(await lines(metrics, 'lightfast_records')).toEqual([
      '{state="ready",stage="",code="",rung="direct"} 1',
    ])
  })

  test('uploads that stall: how many, at which stage and why, and for how long', async () => {
    const { app, metrics } = await watch()
    for (let count = 0; count < 3; count += 1) await fail(app)
    await app.uploads.start(ada, makeRequest())
    await app.pass(MINUTE)
    expect(await lines(metrics, 'lightfast_records')).toEqual([
      '{state="pending",stage="transfer",code="upload_host_failed",rung="direct"} 3',
      '{state="pending",stage="",code="",rung="direct"} 1',
    ])
    const [, fresh = ''] = await lines(metrics, 'lightfast_records_oldest_seconds')
    const before = Number(fresh.split(' ')[1])
    expect(before).toBeGreaterThanOrEqual(60)
    await app.pass(MINUTE)
    const [, later = ''] = await lines(metrics, 'lightfast_records_oldest_seconds')
    expect(Number(later.split(' ')[1]) - before).toBe(60)
  })

  test('jobs: those that wait, how their tries ended and how long that took', async () => {
    const { app, metrics } = await watch()
    app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
    await park(app)
    await app.pass(MINUTE)
    expect(await lines(metrics, 'lightfast_jobs')).toContain('{kind="forward",state="queued"} 1')
    const settled = 'lightfast_jobs_settled_total'
    const [first] = await lines(metrics, settled)
    expect(first).toMatch(/^\{kind="forward",outcome="(again|parked)"\} \d+$/)
    app.emulator.faults.clear()
    await app.pass(HOUR)
    const done = '{kind="forward",outcome="done"}'
    expect(await lines(metrics, settled)).toContain(`${done} 1`)
    const durations = await lines(metrics, 'lightfast_job_duration_seconds')
    expect(durations).toContain(`_count${done} 1`)
    expect(await lines(metrics, 'lightfast_jobs')).toContain('{kind="forward",state="queued"} 0')
  })

  test('jobs that were given up, with the age of the oldest', async () => {
    const { app, metrics } = await watch()
    const { jobs } = app.store
    const lease = { owner: 'one', until: app.now() + MINUTE }
    await jobs.enqueue([{ kind: 'close', subject: 'a-secret-subject', runAt: app.now() }])
    const [job] = await jobs.claim({ lease, now: app.now(), limit: 1 })
    if (!job) throw new Error('There is no job.')
    await jobs.settle(job, 'one', { status: 'dead', code: 'server_failed' })
    await app.pass(MINUTE)
    const dead = '{kind="close",state="dead"}'
    expect(await lines(metrics, 'lightfast_jobs')).toContain(`${dead} 1`)
    expect(await lines(metrics, 'lightfast_jobs_oldest_seconds')).toContain(`${dead} 60`)
    expect(await metrics.render()).not.toContain('a-secret-subject')
  })

  test('notifications, by what came of them', async () => {
    const { app, metrics } = await watch()
    await app.uploads.hearWebhook({ text: 'Hello' })
    await app.uploads.hearWebhook({ data: { id: 'somebody-else' } })
    expect(await lines(metrics, 'lightfast_webhooks_total')).toEqual([
      '{outcome="test"} 1',
      '{outcome="unknown"} 1',
    ])
  })
})

test('what uploads and runners tell besides is counted too', async () => {
  const { client, uploads } = await openUploads()
  const told = createEventBus<UploadsEvent>(() => undefined)
  const runner = createEventBus<JobEvent>(() => undefined)
  const { operator } = uploads
  const metrics = createMetrics(client, {
    uploads: { events: told, operator },
    runner: { events: runner },
  })
  told.emit('image-swept', () => ({ type: 'image-swept', because: 'lost' }))
  runner.emit('job-lost', () => ({ type: 'job-lost', kind: 'close' }))
  runner.emit('dispatch-failed', () => ({ type: 'dispatch-failed', reason: 'Error' }))
  runner.emit('store-degraded', () => ({ type: 'store-degraded', reason: 'Error' }))
  expect(await lines(metrics, 'lightfast_images_swept_total')).toEqual(['{because="lost"} 1'])
  expect(await lines(metrics, 'lightfast_jobs_lost_total')).toEqual(['{kind="close"} 1'])
  expect(await lines(metrics, 'lightfast_dispatches_failed_total')).toEqual([' 1'])
  expect(await lines(metrics, 'lightfast_job_store_degraded')).toEqual([' 1'])
  runner.emit('store-restored', () => ({ type: 'store-restored' }))
  expect(await lines(metrics, 'lightfast_job_store_degraded')).toEqual([' 0'])
})

test('the families of uploads and jobs are as documented', async () => {
  const { metrics } = await watch()
  const families = [...parseExposition(await metrics.render())].map(([name, { type }]) => [
    name,
    type,
  ])
  expect(Object.fromEntries(families.slice(-14))).toEqual({
    lightfast_images_moved_total: 'counter',
    lightfast_ways_opened_total: 'counter',
    lightfast_images_swept_total: 'counter',
    lightfast_webhooks_total: 'counter',
    lightfast_jobs_settled_total: 'counter',
    lightfast_jobs_lost_total: 'counter',
    lightfast_dispatches_failed_total: 'counter',
    lightfast_job_duration_seconds: 'histogram',
    lightfast_job_store_degraded: 'gauge',
    lightfast_records: 'gauge',
    lightfast_records_oldest_seconds: 'gauge',
    lightfast_jobs: 'gauge',
    lightfast_jobs_oldest_seconds: 'gauge',
    lightfast_database_up: 'gauge',
  })
})

describe('labels', () => {
  test('thirty uploads make no more series than one, and no id is in any', async () => {
    const watched = await watch()
    const first = await upload(watched)
    const before = (await watched.metrics.render()).split('\n').length
    for (let count = 1; count < 30; count += 1) await upload(watched)
    const text = await watched.metrics.render()
    expect(text.split('\n')).toHaveLength(before)
    expect(await lines(watched.metrics, 'lightfast_records')).toEqual([
      '{state="ready",stage="",code="",rung="direct"} 30',
    ])
    for (const secret of [first, ada.id, 'red.png']) expect(text).not.toContain(secret)
  })

  test('are of closed sets', async () => {
    const { app, metrics } = await watch()
    app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
    await park(app)
    await app.pass(HOUR)
    app.emulator.faults.clear()
    await app.pass(25 * HOUR)
    const sets: Readonly<Record<string, readonly string[]>> = {
      from: ['', ...imageStates],
      to: imageStates,
      state: [...imageStates, 'queued', 'dead'],
      code: ['', ...Object.keys(failures)],
      rung: ['', 'direct', 'relay', 'park'],
      stage: ['', 'check', 'provision', 'transfer', 'processing'],
      kind: ['photo', ...jobKinds],
    }
    const families = parseExposition(await metrics.render())
    for (const name of ['lightfast_images_moved_total', 'lightfast_records', 'lightfast_jobs']) {
      const samples = [...(families.get(name)?.samples.values() ?? [])]
      expect(samples.length).toBeGreaterThan(0)
      const labels = samples.flatMap((sample) => Object.entries(sample.labels))
      for (const [label, value] of labels) expect(sets[label]).toContain(value)
    }
  })
})

describe('a database that is away', () => {
  test('leaves the rest, and a gauge that says so', async () => {
    const { app, metrics } = await watchCounting(() => Promise.reject(new Error('gone')))
    await app.client.keys.list()
    expect(await lines(metrics, 'lightfast_database_up')).toEqual([' 0'])
    expect(await lines(metrics, 'lightfast_records')).toEqual([])
    expect(await lines(metrics, 'lightfast_jobs')).not.toEqual([])
    expect(await lines(metrics, 'lightfast_calls_total')).toEqual([
      '{operation="keys.list",outcome="succeeded",code=""} 1',
    ])
  })

  test('delays nobody for more than a second, and is not asked again before it has answered', async () => {
    const time = createVirtualTime()
    let asked = 0
    const { promise, resolve } = Promise.withResolvers<[]>()
    const count = (): Promise<[]> => {
      asked += 1
      return promise
    }
    const { metrics } = await watchCounting(count, time)
    expect(await inTime(metrics)).toContain('lightfast_database_up 0\n')
    expect(await inTime(metrics)).toContain('lightfast_database_up 0\n')
    expect([asked, time.timers()]).toEqual([1, 0])
    resolve([])
    await time.advance(0)
    expect(await inTime(metrics)).toContain('lightfast_database_up 1\n')
    expect(asked).toBe(2)

    async function inTime(metrics: Metrics): Promise<string> {
      let text = ''
      void metrics.render().then((written) => (text = written))
      await time.advance(1000)
      return text
    }
  })

  test('that never answers a question is asked again', async () => {
    const time = createVirtualTime()
    const answers: Promise<[]>[] = [new Promise(() => undefined), Promise.resolve([])]
    const count = (): Promise<[]> => answers.shift() ?? Promise.reject(new Error('Asked too often'))
    const { metrics } = await watchCounting(count, time)
    const first = metrics.render()
    await time.advance(1000)
    expect(await first).toContain('lightfast_database_up 0\n')
    await time.advance(30_000)
    expect(await metrics.render()).toContain('lightfast_database_up 1\n')
  })
})

test('nothing is counted after the end, and what was counted can still be read', async () => {
  const watched = await watch()
  const { app, metrics } = watched
  await upload(watched)
  metrics.close()
  const moves = await lines(metrics, 'lightfast_images_moved_total')
  expect(moves).not.toEqual([])
  await upload(watched)
  await app.uploads.hearWebhook({ text: 'Hello' })
  await app.pass(25 * HOUR)
  expect(await lines(metrics, 'lightfast_images_moved_total')).toEqual(moves)
  expect(await lines(metrics, 'lightfast_webhooks_total')).toEqual([])
  expect(await lines(metrics, 'lightfast_jobs_settled_total')).toEqual([])
})

function step(from: string, to: string, rung: string): string {
  return `{kind="photo",from="${from}",to="${to}",rung="${rung}",code=""} 1`
}

/** An upload whose bytes do not arrive. */
async function fail({ uploads }: TestUploads): Promise<void> {
  const { image, way } = await uploads.start(ada, makeRequest())
  const report = { code: 'upload_host_failed', cloudflareCode: null } as const
  await uploads.fail(ada, image.id, { ...report, attemptId: way?.attemptId ?? '' })
}

/** An upload whose bytes we keep, because Cloudflare takes none. */
async function park({ uploads }: TestUploads): Promise<void> {
  const { image, way } = await uploads.start(ada, makeRequest())
  const received = { attemptId: way?.attemptId ?? '', body: toStream(png) }
  await uploads.putBytes(ada, image.id, { ...received, contentLength: png.length })
}

/** Uploads whose records are counted in another way. */
async function watchCounting(
  count: CountedUploads['operator']['count'],
  surroundings: MetricsOptions = {},
): Promise<Watched> {
  const app = await openUploads()
  const { events, operator } = app.uploads
  const uploads = { events, operator: { ...operator, count } }
  return { app, metrics: createMetrics(app.client, { uploads, ...surroundings }) }
}
