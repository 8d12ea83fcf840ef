import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { createImagesClient } from '../client/create-images-client.ts'
import type { ImagesClientOptions } from '../client/create-client-core.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import { createEventBus } from '../events.ts'
import { shareCircuits } from '../resilience/share-circuits.ts'
import { parseExposition } from '../test-support/parse-exposition.ts'
import { silent } from '../test-support/silent.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { createMetrics } from './create-metrics.ts'
import type { Metrics } from './create-metrics.ts'

let emulator: Emulator
beforeEach(() => {
  emulator = createEmulator()
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

/** The value of a series, and undefined if there is none. */
async function find(metrics: Metrics, name: string, labels: Record<string, string> = {}) {
  const families = parseExposition(await metrics.render())
  const samples = [...families.values()].flatMap((family) => [...family.samples.values()])
  const wanted = JSON.stringify(Object.entries(labels))
  const found = samples.filter(
    (one) => one.name === name && JSON.stringify(Object.entries(one.labels)) === wanted,
  )
  return found[0]?.value
}

describe('what real calls leave behind', () => {
  test('a call that succeeds at its third attempt, with its retries and their durations', async () => {
    const client = createClient()
    const metrics = createMetrics(client)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503, times: 2 }])
    await client.keys.list()
    const operation = 'keys.list'
    expect(
      await find(metrics, 'lightfast_calls_total', { operation, outcome: 'succeeded', code: '' }),
    ).toBe(1)
    const reason = 'host_unavailable'
    expect(await find(metrics, 'lightfast_retries_total', { operation, reason })).toBe(2)
    const duration = 'lightfast_attempt_duration_seconds'
    const failed = { circuit: 'read', outcome: 'failure' }
    expect(await find(metrics, `${duration}_count`, failed)).toBe(2)
    expect(await find(metrics, `${duration}_bucket`, { ...failed, le: '+Inf' })).toBe(2)
    expect(await find(metrics, `${duration}_count`, { circuit: 'read', outcome: 'success' })).toBe(
      1,
    )
  })

  test('durations are seconds', async () => {
    const time = createVirtualTime()
    const client = createClient({
      ...time,
      fetch: async (request) => {
        await time.advance(2000)
        return emulator.fetch(request)
      },
    })
    const metrics = createMetrics(client, { buckets: [1, 3] })
    await client.keys.list()
    const labels = { circuit: 'read', outcome: 'success' }
    expect(await find(metrics, 'lightfast_attempt_duration_seconds_sum', labels)).toBe(2)
    const bucket = 'lightfast_attempt_duration_seconds_bucket'
    expect(await find(metrics, bucket, { ...labels, le: '1' })).toBe(0)
    expect(await find(metrics, bucket, { ...labels, le: '3' })).toBe(1)
  })

  test('a circuit that opens, and the calls it refuses', async () => {
    const client = createClient({ retry: { attempts: 1 }, breaker: { consecutiveFailures: 2 } })
    const metrics = createMetrics(client)
    const state = (status: string) =>
      find(metrics, 'lightfast_circuit_state', { circuit: 'read', status })
    expect([await state('closed'), await state('open')]).toEqual([1, 0])
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 500 }])
    for (let call = 0; call < 3; call += 1) await client.keys.list().catch(() => {})
    expect([await state('closed'), await state('open')]).toEqual([0, 1])
    const change = { circuit: 'read', from: 'closed', to: 'open', because: 'consecutive' }
    expect(await find(metrics, 'lightfast_circuit_transitions_total', change)).toBe(1)
    const refused = { circuit: 'read', by: 'circuit' }
    expect(await find(metrics, 'lightfast_refusals_total', refused)).toBe(1)
    const failed = { operation: 'keys.list', outcome: 'failed', code: 'circuit_open' }
    expect(await find(metrics, 'lightfast_calls_total', failed)).toBe(1)
    client.circuits.isolate('read')
    expect([await state('open'), await state('isolated')]).toEqual([0, 1])
  })

  test('a limit that is used up closes the gate for as long as it was told', async () => {
    const client = createClient({ retry: { attempts: 1 } })
    const metrics = createMetrics(client)
    expect(await find(metrics, 'lightfast_gate_closed_seconds', { gate: 'api' })).toBe(0)
    emulator.faults.set([{ on: 'keys', effect: 'rate-limit', seconds: 60 }])
    await client.keys.list().catch(() => {})
    const seconds = await find(metrics, 'lightfast_gate_closed_seconds', { gate: 'api' })
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    await client.keys.list().catch(() => {})
    expect(await find(metrics, 'lightfast_refusals_total', { circuit: 'read', by: 'gate' })).toBe(1)
  })

  test('a budget that is spent, and the retries it forbids', async () => {
    const client = createClient({ budget: { tokens: 20 } })
    const metrics = createMetrics(client)
    expect(await find(metrics, 'lightfast_retry_budget_tokens')).toBe(20)
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 503 }])
    await client.keys.list().catch(() => {})
    expect(await find(metrics, 'lightfast_retry_budget_tokens')).toBe(6)
    expect(await find(metrics, 'lightfast_retry_budget_size_tokens')).toBe(20)
    expect(await find(metrics, 'lightfast_retries_forgone_total', { because: 'budget' })).toBe(1)
  })

  test('calls under way, and those that wait for them', async () => {
    const client = createClient({ bulkhead: { concurrency: 1 } })
    const metrics = createMetrics(client)
    const leaving = new AbortController()
    emulator.faults.set([{ on: 'keys', effect: 'stall' }])
    const calls = [1, 2, 3].map(() => client.keys.list({ signal: leaving.signal }))
    await new Promise((resolve) => setTimeout(resolve))
    expect(await find(metrics, 'lightfast_calls_active', { circuit: 'read' })).toBe(1)
    expect(await find(metrics, 'lightfast_calls_waiting', { circuit: 'read' })).toBe(2)
    leaving.abort()
    await Promise.allSettled(calls)
    expect(await find(metrics, 'lightfast_calls_active', { circuit: 'read' })).toBe(0)
  })

  test('a store that cannot be reached', async () => {
    const store = { observe: gone, report: gone, tryProbe: gone, settleProbe: gone, hold: gone }
    const client = createClient({ share: shareCircuits({ store }) })
    const metrics = createMetrics(client)
    expect(await find(metrics, 'lightfast_store_degraded')).toBe(0)
    await client.reportUploadHost('ada', 'failure')
    expect(await find(metrics, 'lightfast_store_degraded')).toBe(1)
  })
})

test('the text is whole, and its families are as documented', async () => {
  const client = createClient()
  const metrics = createMetrics(client)
  await client.keys.list()
  const families = [...parseExposition(await metrics.render())].map(([name, { type }]) => [
    name,
    type,
  ])
  expect(Object.fromEntries(families)).toEqual({
    lightfast_calls_total: 'counter',
    lightfast_retries_total: 'counter',
    lightfast_retries_forgone_total: 'counter',
    lightfast_refusals_total: 'counter',
    lightfast_circuit_transitions_total: 'counter',
    lightfast_gate_closings_total: 'counter',
    lightfast_batch_unavailable_total: 'counter',
    lightfast_attempt_duration_seconds: 'histogram',
    lightfast_circuit_state: 'gauge',
    lightfast_calls_active: 'gauge',
    lightfast_calls_waiting: 'gauge',
    lightfast_gate_closed_seconds: 'gauge',
    lightfast_retry_budget_tokens: 'gauge',
    lightfast_retry_budget_size_tokens: 'gauge',
    lightfast_store_degraded: 'gauge',
  })
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
})

test('a hundred images make no more series than one, and their ids are in no label', async () => {
  const client = createClient()
  const metrics = createMetrics(client)
  const ask = (id: string) => client.images.get(id).catch(() => {})
  await ask('image-first')
  const before = (await metrics.render()).split('\n').length
  await Promise.all(Array.from({ length: 100 }, (_, at) => ask(`image-${at}`)))
  const text = await metrics.render()
  expect(text.split('\n')).toHaveLength(before)
  const labels = { operation: 'images.get', outcome: 'failed', code: 'not_found' }
  expect(await find(metrics, 'lightfast_calls_total', labels)).toBe(101)
  for (const secret of ['image-', localAccount.accountId, localAccount.writeToken]) {
    expect(text).not.toContain(secret)
  }
})

test('a token of the batch host that cannot be had is counted', async () => {
  const client = createClient({ batch: 'auto' })
  const metrics = createMetrics(client)
  emulator.faults.set([{ on: 'batch-token', effect: 'answer', status: 503 }])
  await client.images.listPage()
  const labels = { reason: 'host_unavailable' }
  expect(await find(metrics, 'lightfast_batch_unavailable_total', labels)).toBe(1)
})

test('a store that can be reached again is not degraded any more', async () => {
  const bus = createEventBus(() => {})
  const metrics = createMetrics({ events: bus, status: createClient().status })
  bus.emit('store-degraded', () => ({ type: 'store-degraded', reason: 'Error' }))
  expect(await find(metrics, 'lightfast_store_degraded')).toBe(1)
  bus.emit('store-restored', () => ({ type: 'store-restored' }))
  expect(await find(metrics, 'lightfast_store_degraded')).toBe(0)
})

test('nothing is counted after the end, and what was counted can still be read', async () => {
  const client = createClient()
  const metrics = createMetrics(client)
  await client.keys.list()
  metrics.close()
  await client.keys.list()
  const labels = { operation: 'keys.list', outcome: 'succeeded', code: '' }
  expect(await find(metrics, 'lightfast_calls_total', labels)).toBe(1)
  const attempts = { circuit: 'read', outcome: 'success' }
  expect(await find(metrics, 'lightfast_attempt_duration_seconds_count', attempts)).toBe(1)
})

test.each([[[1, 1]], [[2, 1]], [[Number.NaN]], [[1, Infinity]]])(
  'buckets that do not rise, or without end, %j, are refused',
  (buckets) => {
    expect(() => createMetrics(createClient(), { buckets })).toThrow(RangeError)
  },
)
