import { metrics } from '@opentelemetry/api'
import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { DataPoint, Histogram, MetricData } from '@opentelemetry/sdk-metrics'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createImagesClient } from '../client/create-images-client.ts'
import type { ImagesClientOptions } from '../client/create-client-core.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import { createEventBus } from '../events.ts'
import { shareCircuits } from '../resilience/share-circuits.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { silent } from '../test-support/silent.ts'
import { instrumentClient } from './instrument-client.ts'

let emulator: Emulator
let reader: PeriodicExportingMetricReader
let provider: MeterProvider

beforeEach(() => {
  emulator = createEmulator()
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // It is asked by hand: an hour never passes.
  reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  provider = new MeterProvider({ readers: [reader] })
})
afterEach(async () => {
  metrics.disable()
  await provider.shutdown()
})

const gone = () => Promise.reject(new Error('gone'))

function createClient(options: Partial<ImagesClientOptions> = {}): ImagesClient {
  return createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    fetch: emulator.fetch,
    retry: { baseMs: 1, capMs: 1 },
    batch: 'off',
    logger: silent,
    ...options,
  })
}

function instrument(client: ImagesClient): () => void {
  return instrumentClient(client, { meter: provider.getMeter('test') })
}

async function collect(): Promise<readonly MetricData[]> {
  const { resourceMetrics } = await reader.collect()
  return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
}

async function find(name: string): Promise<MetricData> {
  const found = (await collect()).find(({ descriptor }) => descriptor.name === name)
  if (!found) throw new Error(`There is no metric ${name}.`)
  return found
}

/** The points of a metric as pairs of attributes and value. */
async function points(name: string) {
  const { dataPoints } = await find(name)
  return dataPoints.map(({ attributes, value }: DataPoint<number | object>) => [attributes, value])
}

async function histograms(name: string): Promise<DataPoint<Histogram>[]> {
  const { dataPoints } = await find(name)
  return dataPoints.flatMap((point: DataPoint<number | Histogram | object>) =>
    typeof point.value === 'object' &&
    'buckets' in point.value &&
    'boundaries' in point.value.buckets
      ? [{ ...point, value: point.value }]
      : [],
  )
}

const keys = { 'lightfast.operation': 'keys.list', 'lightfast.circuit': 'read' }

describe('attempts, as the conventions for HTTP clients have them', () => {
  test('each has a duration in seconds, with its status and what failed', async () => {
    const time = createVirtualTime()
    const client = createClient({
      now: time.now,
      monotonic: time.monotonic,
      async fetch(request) {
        await time.advance(300)
        return emulator.fetch(request)
      },
    })
    instrument(client)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503, times: 1 }])
    await client.keys.list()
    const { descriptor } = await find('http.client.request.duration')
    expect(descriptor.unit).toBe('s')
    const [failed, succeeded] = await histograms('http.client.request.duration')
    expect(failed?.attributes).toEqual({
      ...keys,
      'lightfast.outcome': 'failure',
      'http.response.status_code': 503,
      'error.type': 'host_unavailable',
    })
    expect(failed?.value).toMatchObject({ count: 1, sum: 0.3 })
    expect(succeeded?.attributes).toEqual({ ...keys, 'lightfast.outcome': 'success' })
    expect(succeeded?.value.buckets.boundaries).toEqual([
      0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ])
  })

  test('one that its caller gave up says so', async () => {
    const client = createClient()
    instrument(client)
    const leaving = new AbortController()
    emulator.faults.set([{ on: 'keys', effect: 'stall' }])
    const asked = client.keys.list({ signal: leaving.signal })
    await new Promise((resolve) => setTimeout(resolve))
    leaving.abort()
    await asked.catch(() => {})
    const [aborted] = await histograms('http.client.request.duration')
    expect(aborted?.attributes).toMatchObject({ 'error.type': 'aborted' })
  })
})

describe('what the client does', () => {
  test('calls and retries are counted', async () => {
    const client = createClient()
    instrument(client)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503, times: 2 }])
    await client.keys.list()
    await client.images.get('none').catch(() => {})
    const failed = { 'lightfast.operation': 'images.get', 'lightfast.circuit': 'read' }
    expect(await points('lightfast.calls')).toEqual([
      [{ ...keys, 'lightfast.outcome': 'succeeded' }, 1],
      [{ ...failed, 'lightfast.outcome': 'failed', 'error.type': 'not_found' }, 1],
    ])
    expect(await points('lightfast.retries')).toEqual([
      [{ ...keys, 'error.type': 'host_unavailable' }, 2],
    ])
  })

  test('a retry that there was no budget for', async () => {
    const client = createClient({ budget: { tokens: 20 } })
    instrument(client)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503 }])
    await client.keys.list().catch(() => {})
    const forgone = { ...keys, 'lightfast.because': 'budget', 'error.type': 'host_unavailable' }
    expect(await points('lightfast.retry.forgone')).toEqual([[forgone, 1]])
    expect(await points('lightfast.retry.budget')).toEqual([[{}, 6]])
  })

  test('a circuit that opens and refuses', async () => {
    const client = createClient({ retry: { attempts: 1 }, breaker: { consecutiveFailures: 1 } })
    instrument(client)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 500 }])
    for (let call = 0; call < 3; call += 1) await client.keys.list().catch(() => {})
    const change = {
      'lightfast.circuit': 'read',
      'lightfast.from': 'closed',
      'lightfast.to': 'open',
      'lightfast.because': 'consecutive',
    }
    expect(await points('lightfast.circuit.transitions')).toEqual([[change, 1]])
    expect(await points('lightfast.refusals')).toEqual([
      [{ ...keys, 'lightfast.by': 'circuit' }, 2],
    ])
    const states = await points('lightfast.circuit.state')
    const state = { 'lightfast.circuit': 'read' }
    expect(states).toContainEqual([{ ...state, 'lightfast.status': 'open' }, 1])
    expect(states).toContainEqual([{ ...state, 'lightfast.status': 'closed' }, 0])
    const uploadHost = { 'lightfast.circuit': 'upload-host', 'lightfast.status': 'closed' }
    expect(states).toContainEqual([uploadHost, 1])
  })

  test('a limit that is used up, in seconds', async () => {
    const client = createClient({ retry: { attempts: 1 } })
    instrument(client)
    emulator.faults.set([{ on: 'keys', effect: 'rate-limit', seconds: 60 }])
    await client.keys.list().catch(() => {})
    const [[gate, seconds] = []] = await points('lightfast.gate.closed')
    expect(gate).toEqual({ 'lightfast.gate': 'api' })
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await points('lightfast.gate.closings')).toEqual([[{ 'lightfast.gate': 'api' }, 1]])
  })

  test('a token of the batch host that cannot be had', async () => {
    const client = createClient({ batch: 'auto' })
    instrument(client)
    emulator.faults.set([{ on: 'batch-token', effect: 'answer', status: 503 }])
    await client.images.listPage()
    expect(await points('lightfast.batch.unavailable')).toEqual([
      [{ 'error.type': 'host_unavailable' }, 1],
    ])
  })

  test('a store that cannot be reached', async () => {
    const store = { observe: gone, report: gone, tryProbe: gone, settleProbe: gone, hold: gone }
    const client = createClient({ share: shareCircuits({ store }) })
    instrument(client)
    expect(await points('lightfast.store.degraded')).toEqual([[{}, 0]])
    await client.reportUploadHost('ada', 'failure')
    expect(await points('lightfast.store.degraded')).toEqual([[{}, 1]])
  })
})

test('a store that can be reached again is not degraded any more', async () => {
  const bus = createEventBus(() => {})
  const { status } = createClient()
  instrumentClient({ events: bus, status }, { meter: provider.getMeter('test') })
  bus.emit('store-degraded', () => ({ type: 'store-degraded', reason: 'Error' }))
  expect(await points('lightfast.store.degraded')).toEqual([[{}, 1]])
  bus.emit('store-restored', () => ({ type: 'store-restored' }))
  expect(await points('lightfast.store.degraded')).toEqual([[{}, 0]])
})

test('no attribute holds an id, a token or an address', async () => {
  const client = createClient()
  instrument(client)
  await client.images.get('a-secret-id').catch(() => {})
  const text = JSON.stringify(await collect())
  for (const secret of ['a-secret-id', localAccount.accountId, localAccount.writeToken, 'http:']) {
    expect(text).not.toContain(secret)
  }
})

test('nothing is recorded or observed after the end', async () => {
  const client = createClient()
  let looks = 0
  const watched = {
    events: client.events,
    status() {
      looks += 1
      return client.status()
    },
  }
  const end = instrumentClient(watched, { meter: provider.getMeter('test') })
  await client.keys.list()
  await collect()
  expect(looks).toBe(1)
  end()
  emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503, times: 1 }])
  await client.keys.list()
  client.circuits.isolate('read')
  expect(await points('lightfast.calls')).toEqual([
    [{ ...keys, 'lightfast.outcome': 'succeeded' }, 1],
  ])
  const [attempts, ...others] = await histograms('http.client.request.duration')
  expect([attempts?.value.count, others]).toEqual([1, []])
  expect(looks).toBe(1)
  const names = (await collect()).map(({ descriptor }) => descriptor.name)
  expect(names).not.toContain('lightfast.retries')
  expect(names).not.toContain('lightfast.circuit.transitions')
})

test('without a meter it takes the global one', async () => {
  metrics.setGlobalMeterProvider(provider)
  const client = createClient()
  instrumentClient(client)
  await client.keys.list()
  const { resourceMetrics } = await reader.collect()
  expect(resourceMetrics.scopeMetrics.map(({ scope }) => scope.name)).toEqual(['@lightfast/server'])
})
