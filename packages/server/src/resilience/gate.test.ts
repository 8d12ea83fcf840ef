import { ImagesError } from '@lightfast/core'
import type { ImagesErrorDetails } from '@lightfast/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { ClientEvent } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { attempt } from './attempt.ts'
import { createGates } from './gate.ts'
import type { Gates, SharedGates } from './gate.ts'
import type { Call, Reply, SendAttempt } from './layer.ts'

let time: VirtualTime
let events: ClientEvent[]
let gates: Gates

const config = { closeMs: 30_000, maxCloseMs: 3_600_000 }
const bus = createEventBus(() => undefined)
bus.on('gate-closed', (event) => events.push(event))
bus.on('refused', (event) => events.push(event))

beforeEach(() => {
  time = createVirtualTime()
  events = []
  gates = createGates({ config, surroundings: time, bus })
})

const host: SendAttempt = (one) => one.readReply(new Response())

async function send(
  answer: Partial<Reply> | ImagesError,
  call: Partial<Call> = {},
): Promise<Reply> {
  const readReply = async () => {
    if (answer instanceof ImagesError) throw answer
    return { result: 'well', ...answer }
  }
  const options = { guards: [gates], attemptMs: 8000, surroundings: time }
  return attempt(host, options)(makeCall({ deadlineAt: Infinity, readReply, ...call }))
}

const throttled = (details: ImagesErrorDetails = {}) =>
  new ImagesError('rate_limited', 'A test.', { status: 429, ...details })

describe('a throttled reply', () => {
  test('closes the gate for every operation, reads and writes, until the time it gave', async () => {
    await send(throttled({ retryAfterMs: 5000 })).catch(() => undefined)
    await time.advance(2000)
    await expect(send({}, { operation: 'images.delete', circuit: 'write' })).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 3000,
      attempts: 0,
      circuit: 'write',
    })
    await time.advance(3000)
    await expect(send({})).resolves.toBeDefined()
  })

  test('leaves the gate of the batch host open, which counts apart', async () => {
    await send(throttled()).catch(() => undefined)
    await expect(send({}, { gate: 'batch' })).resolves.toBeDefined()
  })

  test('closes it for a while of our own if it gives no time', async () => {
    await send(throttled()).catch(() => undefined)
    expect(gates.closedMs('api')).toBe(30_000)
  })

  test('closes it for an hour at most, whatever it says', async () => {
    await send(throttled({ retryAfterMs: 604_800_000 })).catch(() => undefined)
    expect(gates.closedMs('api')).toBe(3_600_000)
  })

  test('never opens what a longer one has closed', async () => {
    // Both are under way before either has closed it.
    await Promise.all(
      [9000, 10].map((retryAfterMs) => send(throttled({ retryAfterMs })).catch(() => undefined)),
    )
    expect(gates.closedMs('api')).toBe(9000)
  })

  test('is told, and so is each call that is turned away', async () => {
    await send(throttled({ retryAfterMs: 5000 })).catch(() => undefined)
    await send({}).catch(() => undefined)
    expect(events).toEqual([
      { type: 'gate-closed', gate: 'api', closedMs: 5000 },
      { type: 'refused', operation: 'images.get', circuit: 'read', by: 'gate', retryAfterMs: 5000 },
    ])
  })
})

test('a reply that says that the limit is now used up closes the gate without having failed', async () => {
  await expect(send({ exhaustedForMs: 700 })).resolves.toBeDefined()
  await expect(send({})).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 700 })
})

test.each(['host_unavailable', 'not_found'] as const)('%s closes nothing', async (code) => {
  await send(new ImagesError(code, 'A test.')).catch(() => undefined)
  expect(gates.closedMs('api')).toBe(0)
})

test('a gate that another process closed is closed here, and one that closes here is told there', async () => {
  const held: [string, number][] = []
  const shared: SharedGates = { heldMs: () => 1200, hold: (...what) => held.push(what) }
  gates = createGates({ config, surroundings: time, bus, shared })
  await expect(send({})).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1200 })
  gates = createGates({ config, surroundings: time, bus, shared: { ...shared, heldMs: () => 0 } })
  await send(throttled({ retryAfterMs: 5000 })).catch(() => undefined)
  expect(held).toEqual([['api', 5000]])
})
