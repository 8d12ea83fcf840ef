import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { BreakerStore } from '../resilience/breaker-store.ts'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import { createRedisBreakerStore } from './redis-breaker-store.ts'

const CLIENTS = 50
const ROUNDS = 100

const rules = { ...defaultBreakerConfig, quorum: 2, orEverybody: true }
const prefix = `contention-${crypto.randomUUID()}`
const connections: Redis[] = []

function connect(): BreakerStore {
  const redis = new Redis(inject('redisUrl'))
  connections.push(redis)
  return createRedisBreakerStore({
    send: ([name = '', ...args]) => redis.call(name, ...args),
    prefix,
  })
}

const stores = Array.from({ length: CLIENTS }, connect)

/** Every client asks at once; the owners of granted probes come back. */
async function race(circuit: string, leaseMs: number) {
  const asked = stores.map(async (store, at) => {
    const owner = `client ${at} ${crypto.randomUUID()}`
    return { owner, store, ...(await store.tryProbe(circuit, { owner, leaseMs })) }
  })
  return (await Promise.all(asked)).filter(({ granted }) => granted)
}

/** Opens a circuit whose pause is over by the time that anybody asks. */
async function openBriefly(circuit: string): Promise<void> {
  const nothing = { calls: 0, failures: 0, slow: 0, trailingFailures: 0, random: 0.5 }
  const [store] = stores
  await store?.report(circuit, { witness: 'w', generation: 0, ...nothing, holdMs: 1 }, rules)
  await expect.poll(async () => (await store?.observe(circuit))?.remainingMs).toBe(0)
}

beforeAll(() => Promise.all(stores.map((store) => store.observe('warm-up'))))

afterAll(async () => {
  await Promise.all(connections.map((redis) => redis.quit()))
})

test(`of ${CLIENTS} connections that ask at once, one is granted the probe, in each of ${ROUNDS} rounds`, async () => {
  await openBriefly('read')
  const grants: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const granted = await race('read', 60_000)
    grants.push(granted.length)
    // Gives the place away, so that the next round begins at once.
    for (const { store, owner, generation } of granted) {
      await store.settleProbe('read', { owner, generation, outcome: 'ignored', random: 0 }, rules)
    }
  }
  expect(grants).toEqual(Array.from({ length: ROUNDS }, () => 1))
  expect(await stores[0]?.observe('read')).toMatchObject({ generation: 1 + 2 * ROUNDS })
}, 10_000)

test('an owner that dies holds the probe for its lease, and then one other gets it', async () => {
  await openBriefly('write')
  const [dead, ...others] = await race('write', 1500)
  expect(others).toEqual([])
  expect(await race('write', 1500)).toEqual([])
  const poll = { timeout: 5000 }
  await expect.poll(async () => (await stores[0]?.observe('write'))?.remainingMs, poll).toBe(0)
  const heirs = await race('write', 60_000)
  expect(heirs).toHaveLength(1)
  expect(heirs[0]).toMatchObject({ status: 'probing', generation: 3 })
  const late = { owner: dead?.owner ?? '', generation: 2, outcome: 'success', random: 0 } as const
  expect(await stores[0]?.settleProbe('write', late, rules)).toMatchObject({
    status: 'probing',
    generation: 3,
  })
}, 10_000)
