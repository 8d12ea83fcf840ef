import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { DataPoint, MetricData } from '@opentelemetry/sdk-metrics'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { ada, makeRequest, openUploads, png, post, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'
import type { UploadsEvent } from '../uploads/upload-events.ts'
import { instrumentUploads } from './instrument-uploads.ts'
import { toAttributes } from './to-attributes.ts'

const MINUTE = 60_000

let reader: PeriodicExportingMetricReader
let provider: MeterProvider

beforeEach(() => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // It is asked by hand: an hour never passes.
  reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  provider = new MeterProvider({ readers: [reader] })
})
afterEach(() => provider.shutdown())

function instrument({ uploads, runner, now }: TestUploads): () => void {
  return instrumentUploads(uploads, { runner, now, meter: provider.getMeter('test') })
}

const gone = () => Promise.reject(new Error('gone'))

async function collect(): Promise<readonly MetricData[]> {
  const { resourceMetrics } = await reader.collect()
  return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
}

/** The points of a metric as pairs of attributes and value; none if it is not there. */
async function points(name: string) {
  const found = (await collect()).find(({ descriptor }) => descriptor.name === name)
  return (found?.dataPoints ?? []).map(({ attributes, value }: DataPoint<number | object>) => [
    attributes,
    value,
  ])
}

test('an upload leaves its way, its steps, and a record', async () => {
  const app = await openUploads()
  instrument(app)
  const { image, way } = await app.uploads.start(ada, makeRequest())
  await post(app.emulator, way)
  await app.uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
  const direct = { 'lightfast.rung': 'direct' }
  expect(await points('lightfast.way.opened')).toEqual([[direct, 1]])
  const kind = { 'lightfast.kind': 'photo' }
  const moved = await points('lightfast.image.moved')
  expect(moved).toContainEqual([{ ...kind, 'lightfast.to': 'requested', ...direct }, 1])
  const last = { 'lightfast.from': 'delivered', 'lightfast.to': 'ready' }
  expect(moved).toContainEqual([{ ...kind, ...last, ...direct }, 1])
  expect(await points('lightfast.record.count')).toEqual([
    [{ 'lightfast.state': 'ready', ...direct }, 1],
  ])
  expect(await points('lightfast.database.up')).toEqual([[{}, 1]])
  const text = JSON.stringify(await collect())
  for (const secret of [image.id, ada.id, 'red.png']) expect(text).not.toContain(secret)
})

test('an upload that stalls says where and why', async () => {
  const app = await openUploads()
  instrument(app)
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const report = { code: 'upload_host_failed', cloudflareCode: null } as const
  await app.uploads.fail(ada, image.id, { ...report, attemptId: way?.attemptId ?? '' })
  await app.pass(MINUTE)
  const words = { state: 'pending', stage: 'transfer', rung: 'direct' }
  const attributes = toAttributes(words, 'upload_host_failed')
  expect(await points('lightfast.record.count')).toEqual([[attributes, 1]])
  const [[, age] = []] = await points('lightfast.record.oldest')
  expect(age).toBeGreaterThanOrEqual(60)
})

test('jobs that wait, how their tries ended and how long that took', async () => {
  const app = await openUploads({ rungs: ['park'] })
  instrument(app)
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const received = { attemptId: way?.attemptId ?? '', body: toStream(png) }
  await app.uploads.putBytes(ada, image.id, { ...received, contentLength: png.length })
  await app.pass(MINUTE)
  const queued = toAttributes({ kind: 'forward', state: 'queued' })
  expect(await points('lightfast.job.count')).toContainEqual([queued, 1])
  expect(await points('lightfast.job.oldest')).toContainEqual([queued, expect.any(Number)])
  app.emulator.faults.clear()
  await app.pass(60 * MINUTE)
  const done = toAttributes({ kind: 'forward', outcome: 'done' })
  expect(await points('lightfast.job.settled')).toContainEqual([done, 1])
  const durations = await points('lightfast.job.duration')
  expect(durations).toContainEqual([done, expect.objectContaining({ count: 1 })])
  expect(await points('lightfast.job.count')).toContainEqual([queued, 0])
})

test('what uploads and runners tell besides is recorded too', async () => {
  const { uploads } = await openUploads()
  const told = createEventBus<UploadsEvent>(() => undefined)
  const runner = createEventBus<JobEvent>(() => undefined)
  const watched = { events: told, operator: uploads.operator }
  const meter = provider.getMeter('test')
  instrumentUploads(watched, { runner: { events: runner }, meter })
  told.emit('image-swept', () => ({ type: 'image-swept', because: 'lost' }))
  told.emit('webhook-received', () => ({ type: 'webhook-received', outcome: 'known' }))
  runner.emit('job-lost', () => ({ type: 'job-lost', kind: 'close' }))
  runner.emit('dispatch-failed', () => ({ type: 'dispatch-failed', reason: 'Error' }))
  runner.emit('store-degraded', () => ({ type: 'store-degraded', reason: 'Error' }))
  expect(await points('lightfast.image.swept')).toEqual([[{ 'lightfast.because': 'lost' }, 1]])
  expect(await points('lightfast.webhook.received')).toEqual([
    [{ 'lightfast.outcome': 'known' }, 1],
  ])
  expect(await points('lightfast.job.lost')).toEqual([[{ 'lightfast.kind': 'close' }, 1]])
  expect(await points('lightfast.dispatch.failed')).toEqual([[{}, 1]])
  expect(await points('lightfast.job.store.degraded')).toEqual([[{}, 1]])
  runner.emit('store-restored', () => ({ type: 'store-restored' }))
  expect(await points('lightfast.job.store.degraded')).toEqual([[{}, 0]])
})

test('while the database is away nothing is told of it but that', async () => {
  const { uploads } = await openUploads()
  const operator = { count: gone, store: { jobs: { count: gone } } }
  instrumentUploads({ events: uploads.events, operator }, { meter: provider.getMeter('test') })
  expect(await points('lightfast.database.up')).toEqual([[{}, 0]])
  expect(await points('lightfast.record.count')).toEqual([])
  expect(await points('lightfast.job.count')).toEqual([])
})

test('nothing is recorded or counted after the end', async () => {
  const app = await openUploads()
  const end = instrument(app)
  end()
  await app.uploads.start(ada, makeRequest())
  await app.pass(MINUTE)
  expect(await collect()).toEqual([])
})
