import { ImagesError } from '@lightfast/core'
import type { FailureCode, ImagesErrorDetails } from '@lightfast/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { ClientEvent, EventBus } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import { attempt } from './attempt.ts'
import { breaker } from './breaker-guard.ts'
import { createCircuits } from './circuits.ts'
import type { Guard } from './guard.ts'
import type { Circuits } from './circuits.ts'
import type { Call, Reply, SendAttempt } from './layer.ts'

const config = { ...defaultBreakerConfig, consecutiveFailures: 2, openMs: 1000, probeMs: 500 }

let time: VirtualTime
let events: ClientEvent[]
let bus: EventBus
let circuits: Circuits
let answer: () => Promise<unknown>
let guard: Guard

beforeEach(() => {
  time = createVirtualTime()
  events = []
  bus = createEventBus(() => undefined)
  for (const type of ['attempted', 'refused', 'circuit-changed'] as const) {
    bus.on(type, (event) => events.push(event))
  }
  circuits = createCircuits(
    { config, surroundings: { ...time, random: () => 0.5 }, bus, keys: ['read'] },
    undefined,
  )
  answer = async () => 'well'
  guard = breaker({ circuits, slowMs: 100, fairMs: 0, surroundings: time, bus })
})

const next: SendAttempt = (one) => one.readReply(new Response())

/** Sends one call, which `answer` answers. */
async function send(call: Partial<Call> = {}): Promise<Reply> {
  const options = { guards: [guard], attemptMs: 8000, surroundings: time }
  return attempt(
    next,
    options,
  )(
    makeCall({
      deadlineAt: Infinity,
      readReply: async () => ({ result: await answer() }),
      ...call,
    }),
  )
}

const fail = (code: FailureCode = 'host_unavailable', details: ImagesErrorDetails = {}) => {
  answer = () => Promise.reject(new ImagesError(code, 'A test.', details))
}

async function openCircuit(): Promise<void> {
  fail()
  await send().catch(() => undefined)
  await send().catch(() => undefined)
  answer = async () => 'well'
}

const status = () => circuits.list()[0]?.status

describe('an open circuit', () => {
  test('refuses at once, without a request, and says when to come back', async () => {
    await openCircuit()
    answer = () => Promise.reject(new Error('must not be called'))
    await time.advance(400)
    await expect(send()).rejects.toMatchObject({
      code: 'circuit_open',
      retryAfterMs: 600,
      circuit: 'read',
      attempts: 0,
    })
  })

  test('leaves the other circuits alone', async () => {
    await openCircuit()
    await expect(send({ circuit: 'write' })).resolves.toEqual({ result: 'well' })
  })

  test('lets exactly one of many callers probe, and turns the others away', async () => {
    await openCircuit()
    await time.advance(1000)
    const probe = Promise.withResolvers<string>()
    answer = () => probe.promise
    const callers = Array.from({ length: 20 }, () =>
      send().catch((error: ImagesError) => error.code),
    )
    probe.resolve('well')
    const ends = await Promise.all(callers)
    expect(ends.filter((end) => end === 'circuit_open')).toHaveLength(19)
    expect(status()).toBe('closed')
  })

  test('stays open for as long as Cloudflare asked', async () => {
    fail('host_unavailable', { retryAfterMs: 9000 })
    await send().catch(() => undefined)
    await send().catch(() => undefined)
    await time.advance(8999)
    await expect(send()).rejects.toMatchObject({ code: 'circuit_open' })
  })
})

describe('what counts', () => {
  test.each<FailureCode>([
    'host_unreachable',
    'host_unavailable',
    'host_timed_out',
    'host_reply_invalid',
  ])('%s is a failure', async (code) => {
    fail(code)
    await send().catch(() => undefined)
    await send().catch(() => undefined)
    expect(status()).toBe('open')
  })

  test.each<FailureCode>(['rate_limited', 'not_found', 'credentials_refused', 'host_refused'])(
    '%s counts for nothing',
    async (code) => {
      fail(code, { status: 400 })
      for (let call = 0; call < 50; call += 1) await send().catch(() => undefined)
      expect(status()).toBe('closed')
      expect(circuits.list()[0]?.calls).toBe(0)
    },
  )

  test('a bug, or a caller who leaves, counts for nothing and gives a probe’s place back', async () => {
    await openCircuit()
    await time.advance(1000)
    answer = () => Promise.reject(new Error('left'))
    await expect(send()).rejects.toThrow('left')
    expect(status()).toBe('open')
    answer = async () => 'well'
    await expect(send()).resolves.toBeDefined()
    expect(status()).toBe('closed')
  })

  test('a refusal in order tells a probe that the host is back', async () => {
    await openCircuit()
    await time.advance(1000)
    fail('not_found', { status: 404 })
    await send().catch(() => undefined)
    expect(status()).toBe('closed')
  })

  test('a failure that no reply of the host told of tells a probe nothing: the next one goes', async () => {
    await openCircuit()
    await time.advance(1000)
    fail('host_refused')
    await send().catch(() => undefined)
    expect(status()).toBe('open')
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'circuit-changed', to: 'open', because: 'released' }),
    )
    answer = async () => 'well'
    await expect(send()).resolves.toBeDefined()
  })

  test('a time-out that the host itself answered is its failure, however soon', async () => {
    guard = breaker({ circuits, slowMs: 100, fairMs: 50, surroundings: time, bus })
    fail('host_timed_out', { status: 504 })
    await send().catch(() => undefined)
    expect(circuits.list()[0]).toMatchObject({ failures: 1 })
  })

  test('a success that took too long is slow', async () => {
    const [fair, late] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    answer = () => fair.promise
    const inTime = send()
    await time.advance(100)
    fair.resolve('well')
    await inTime
    expect(events).toMatchObject([{ outcome: 'success' }])
    events = []
    answer = () => late.promise
    const sent = send()
    await time.advance(101)
    late.resolve('well')
    await sent
    expect(events).toMatchObject([{ type: 'attempted', outcome: 'slow', durationMs: 101 }])
    expect(circuits.list()[0]).toMatchObject({ calls: 2, slow: 1 })
  })

  test('a time-out counts only if the host had a fair chance to answer', async () => {
    guard = breaker({ circuits, slowMs: 100, fairMs: 50, surroundings: time, bus })
    for (const waitedMs of [49, 50]) {
      const late = Promise.withResolvers<string>()
      answer = () => late.promise
      const sent = send().catch(() => undefined)
      await time.advance(waitedMs)
      late.reject(new ImagesError('host_timed_out', 'A test.'))
      await sent
    }
    expect(events).toMatchObject([{ outcome: 'ignored' }, { outcome: 'failure' }])
  })

  test('nothing is asked or counted for a caller who had left before', async () => {
    await expect(send({ signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left')
    expect(events).toEqual([])
  })
})

describe('what is told', () => {
  test('each attempt, with its number, outcome and code', async () => {
    fail('host_timed_out', { status: 504 })
    await send({ tally: { sent: 2, at: 0 } }).catch(() => undefined)
    expect(events).toEqual([
      {
        type: 'attempted',
        operation: 'images.get',
        circuit: 'read',
        attempt: 3,
        outcome: 'failure',
        durationMs: 0,
        code: 'host_timed_out',
        status: 504,
      },
    ])
  })

  test('each change of a circuit, with its reason and what was counted', async () => {
    await openCircuit()
    await send().catch(() => undefined)
    await time.advance(1000)
    await send()
    const changes = events.filter(({ type }) => type !== 'attempted')
    const told = { type: 'circuit-changed', circuit: 'read' }
    expect(changes).toMatchObject([
      {
        ...told,
        from: 'closed',
        to: 'open',
        because: 'consecutive',
        calls: 2,
        failures: 2,
        openMs: 1000,
      },
      { type: 'refused', by: 'circuit', retryAfterMs: 1000 },
      { ...told, from: 'open', to: 'probing', because: 'probing' },
      { ...told, from: 'probing', to: 'closed', because: 'recovered' },
    ])
  })

  test('notes on the error which circuit the call belonged to', async () => {
    fail()
    await expect(send({ circuit: 'write' })).rejects.toMatchObject({ circuit: 'write' })
  })
})

describe('an operator', () => {
  test('isolates a circuit until it is closed by hand', async () => {
    circuits.isolate('read')
    await time.advance(10_000_000)
    const refused = send()
    await expect(refused).rejects.toMatchObject({ code: 'circuit_open', retryAfterMs: undefined })
    circuits.close('read')
    await expect(send()).resolves.toBeDefined()
  })

  test('closes an open circuit, which starts from nothing', async () => {
    await openCircuit()
    circuits.close('read')
    expect(circuits.list()[0]).toMatchObject({ status: 'closed', calls: 0, trips: 0 })
    await expect(send()).resolves.toBeDefined()
  })

  test('disables a circuit: nothing is counted and nobody refused', async () => {
    circuits.disable('read')
    fail()
    await send().catch(() => undefined)
    expect(circuits.list()[0]).toMatchObject({ status: 'disabled', calls: 0 })
    await openCircuit()
    await expect(send()).resolves.toBeDefined()
    expect(circuits.list()[0]).toMatchObject({ status: 'disabled', calls: 0, trips: 0 })
  })

  test('only observes a circuit: it opens, and nobody is refused', async () => {
    circuits.observeOnly('read')
    await openCircuit()
    expect(status()).toBe('open')
    await expect(send()).resolves.toBeDefined()
    await time.advance(1000)
    await expect(send()).resolves.toBeDefined()
    expect(status()).toBe('closed')
  })

  test('who only observes has the probe decide, and nobody else', async () => {
    circuits.observeOnly('read')
    await openCircuit()
    await time.advance(1000)
    const probe = Promise.withResolvers<string>()
    answer = () => probe.promise
    const probing = send()
    fail()
    await expect(send()).rejects.toMatchObject({ code: 'host_unavailable' })
    expect(status()).toBe('probing')
    probe.resolve('well')
    await probing
    expect(status()).toBe('closed')
  })

  test('hears of what was done by hand', () => {
    circuits.isolate('write')
    circuits.close('write')
    expect(events).toMatchObject([
      { circuit: 'write', from: 'closed', to: 'isolated', because: 'manual' },
      { circuit: 'write', from: 'isolated', to: 'closed', because: 'manual' },
    ])
  })
})
