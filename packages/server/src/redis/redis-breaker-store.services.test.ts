import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, expect, inject, test } from 'vitest'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import { describeBreakerModel } from '../testing/describe-breaker-model.ts'
import { describeBreakerStore } from '../testing/describe-breaker-store.ts'
import { createRedisBreakerStore } from './redis-breaker-store.ts'
import type { SendCommand } from './script.ts'

const ioredis = new Redis(inject('redisUrl'))
const nodeRedis = await createClient({ url: inject('redisUrl') }).connect()

const byIoredis: SendCommand = ([name = '', ...args]) => ioredis.call(name, ...args)
const byNodeRedis: SendCommand = (command) => nodeRedis.sendCommand([...command])

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
const nextPrefix = () => `test-${crypto.randomUUID()}`

afterAll(async () => {
  await Promise.all([ioredis.quit(), nodeRedis.close()])
})

describeBreakerStore('Redis through ioredis', async (now) =>
  createRedisBreakerStore({ send: byIoredis, prefix: nextPrefix(), now }),
)
describeBreakerStore('Redis through node-redis', async (now) =>
  createRedisBreakerStore({ send: byNodeRedis, prefix: nextPrefix(), now }),
)
describeBreakerModel(
  'Redis',
  async (now) => createRedisBreakerStore({ send: byIoredis, prefix: nextPrefix(), now }),
  { runs: 300 },
)

test('time is the server’s unless a test hands in a clock', async () => {
  const store = createRedisBreakerStore({ send: byIoredis, prefix: nextPrefix() })
  await store.report('read', { ...report, holdMs: 60_000 }, rules)
  const { remainingMs } = await store.observe('read')
  expect(remainingMs).toBeGreaterThan(50_000)
  expect(remainingMs).toBeLessThanOrEqual(60_000)
})

test('a script that the server does not know is sent in full, once', async () => {
  const sent: string[] = []
  const store = createRedisBreakerStore({
    prefix: nextPrefix(),
    send: (command) => {
      sent.push(command[0] ?? '')
      return byIoredis(command)
    },
  })
  await ioredis.script('FLUSH', 'SYNC')
  await store.observe('read')
  await store.observe('read')
  await store.tryProbe('read', { owner: 'x', leaseMs: 1 })
  await ioredis.script('FLUSH', 'SYNC')
  await store.tryProbe('read', { owner: 'x', leaseMs: 1 })
  expect(sent).toEqual(
    [
      ['EVALSHA_RO', 'EVAL_RO', 'EVALSHA_RO'],
      ['EVALSHA', 'EVAL', 'EVALSHA', 'EVAL'],
    ].flat(),
  )
})

test('looking writes nothing, and neither does a refused probe', async () => {
  const prefix = nextPrefix()
  const store = createRedisBreakerStore({ send: byIoredis, prefix })
  await store.observe('read')
  await store.tryProbe('read', { owner: 'x', leaseMs: 1 })
  await store.settleProbe(
    'read',
    { owner: 'x', generation: 1, outcome: 'success', random: 0 },
    rules,
  )
  expect(await ioredis.keys(`${prefix}*`)).toEqual([])
})

test('a circuit is one key in one slot, and goes by itself, but not while it matters', async () => {
  const prefix = nextPrefix()
  const day = 86_400_000
  const store = createRedisBreakerStore({ send: byIoredis, prefix })
  await store.report('account:read', { ...report, holdMs: 7 * day }, rules)
  expect(await ioredis.keys(`${prefix}*`)).toEqual([`${prefix}:{account:read}`])
  const ttl = () => ioredis.pttl(`${prefix}:{account:read}`)
  expect(await ttl()).toBeGreaterThan(7 * day)
  expect(await ttl()).toBeLessThanOrEqual(8 * day)
  await store.report('account:read', { ...report, generation: 1 }, rules)
  expect(await ttl()).toBeGreaterThan(7 * day)
  await store.report('account:write', { ...report, failures: 0 }, rules)
  expect(await ioredis.pttl(`${prefix}:{account:write}`)).toBeGreaterThan(day)
})

test('a server that refuses is a failure of the table, with its cause', async () => {
  const prefix = nextPrefix()
  await ioredis.set(`${prefix}:{read}`, 'of somebody else')
  const store = createRedisBreakerStore({ send: byIoredis, prefix })
  await expect(store.observe('read')).rejects.toMatchObject({
    code: 'store_unavailable',
    cause: { message: expect.stringContaining('WRONGTYPE') },
  })
  const gone = createRedisBreakerStore({ send: () => Promise.reject(new Error('ECONNREFUSED')) })
  await expect(gone.observe('read')).rejects.toMatchObject({ code: 'store_unavailable' })
  const odd = createRedisBreakerStore({ send: async () => 'OK' })
  await expect(odd.observe('read')).rejects.toMatchObject({ code: 'store_unavailable' })
})
