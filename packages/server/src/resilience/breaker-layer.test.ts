import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { breaker } from './breaker-layer.ts'
import type { CircuitEvent } from './breaker-layer.ts'
import type { Call, Reply, Send } from './layer.ts'

const config = { threshold: 2, openMs: 1000, maxOpenMs: 8000, probeMs: 500 }
const call: Call = {
  operation: 'images.get',
  circuit: 'read',
  repeat: 'safe',
  deadlineAt: 20_000,
  signal: new AbortController().signal,
  makeRequest: () => new Request('https://api.example'),
}

let now = 0
let events: CircuitEvent[] = []
let next: Send
let send: Send

beforeEach(() => {
  now = 0
  events = []
  next = () => Promise.resolve({ status: 200, result: null })
  const layer = breaker({
    config,
    surroundings: { now: () => now, random: () => 0.5 },
    onChange: (event) => events.push(event),
  })
  send = layer((one) => next(one))
})

const failWith =
  (code: FailureCode): Send =>
  () =>
    Promise.reject(new ImagesError(code, code))

async function openBreaker(): Promise<void> {
  next = failWith('host_unavailable')
  for (let at = 0; at < config.threshold; at += 1) await send(call).catch(() => undefined)
}

describe('an open circuit', () => {
  test('refuses at once, without a request, and says when to come back', async () => {
    await openBreaker()
    next = () => Promise.reject(new Error('must not be called'))
    now = 400
    await expect(send(call)).rejects.toMatchObject({
      code: 'circuit_open',
      failure: { retryAfterMs: 600 },
    })
  })

  test('leaves the other circuit alone', async () => {
    await openBreaker()
    next = () => Promise.resolve({ status: 200, result: 'write' })
    await expect(send({ ...call, circuit: 'write' })).resolves.toMatchObject({ result: 'write' })
  })

  test('lets exactly one of many callers probe', async () => {
    await openBreaker()
    now = 1000
    const probe = Promise.withResolvers<Reply>()
    next = () => probe.promise
    const callers = Array.from({ length: 20 }, () =>
      send(call).then(
        () => 'sent',
        (error) => error.code,
      ),
    )
    probe.resolve({ status: 200, result: null })
    const outcomes = await Promise.all(callers)
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'circuit_open')).toHaveLength(19)
  })

  test('closes after a good probe, and tells of each change', async () => {
    await openBreaker()
    now = 1000
    next = () => Promise.resolve({ status: 200, result: null })
    await send(call)
    expect(events.map(({ from, to }) => `${from} to ${to}`)).toEqual([
      'closed to open',
      'open to probing',
      'probing to closed',
    ])
  })
})

describe('what counts', () => {
  test.each<FailureCode>([
    'host_unavailable',
    'host_timed_out',
    'host_unreachable',
    'host_reply_invalid',
  ])('%s is an outage', async (code) => {
    next = failWith(code)
    await send(call).catch(() => undefined)
    await send(call).catch(() => undefined)
    await expect(send(call)).rejects.toMatchObject({ code: 'circuit_open' })
  })

  test.each<FailureCode>([
    'not_found',
    'host_refused',
    'credentials_refused',
    'file_refused_by_host',
    'rate_limited',
  ])('%s is none', async (code) => {
    next = failWith(code)
    for (let at = 0; at < 10; at += 1) await send(call).catch(() => undefined)
    await expect(send(call)).rejects.toMatchObject({ code })
  })

  test('a call whose deadline has passed before it was sent is none', async () => {
    next = failWith('host_timed_out')
    for (let at = 0; at < 10; at += 1) await send({ ...call, deadlineAt: 0 }).catch(() => undefined)
    await expect(send(call)).rejects.toMatchObject({ code: 'host_timed_out' })
  })

  test('an abort of the caller tells nothing, and gives a probe’s place away', async () => {
    await openBreaker()
    now = 1000
    next = () => Promise.reject(new DOMException('left', 'AbortError'))
    await expect(send(call)).rejects.toThrow('left')
    next = () => Promise.resolve({ status: 200, result: null })
    await expect(send(call)).resolves.toMatchObject({ status: 200 })
  })
})
