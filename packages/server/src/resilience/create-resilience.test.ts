/** The order of the layers and the guards: who speaks first when several would refuse. */
import { ImagesError } from '@lightfast/core'
import { expect, test } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { failWith, hang, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'

const answering = async () => undefined
const failing = failWith('host_unavailable', { status: 503 })
const throttled = failWith('rate_limited', { status: 429, retryAfterMs: 5000 })
const crowded = { bulkhead: { concurrency: 1, queue: 5 } }

async function openCircuit(rig: Rig): Promise<void> {
  rig.host = failing
  for (let count = 0; count < 5; count += 1) await rig.call({ repeat: 'never' })
}

async function closeGate(rig: Rig): Promise<void> {
  rig.host = throttled
  await rig.call({ repeat: 'never', circuit: 'write' })
}

const refusals = (rig: Rig) =>
  rig.events.flatMap((event) => (event.type === 'refused' ? [event.by] : []))

test('in an outage the circuit refuses, though the gate is closed as well', async () => {
  const rig = setUpPipeline()
  await openCircuit(rig)
  await closeGate(rig)
  expect(await rig.call()).toBe('circuit_open')
  expect(refusals(rig)).toEqual(['circuit'])
})

test.each([
  ['an open circuit', openCircuit],
  ['a closed gate', closeGate],
  ['both', async (rig: Rig) => openCircuit(rig).then(() => closeGate(rig))],
])('a caller who has left hears its own reason, and not of %s', async (_, arrange) => {
  const rig = setUpPipeline()
  await arrange(rig)
  expect(await rig.call({ signal: AbortSignal.abort('left') })).toBe('left')
  expect(refusals(rig)).toEqual([])
})

test('a caller who leaves while it is told of a retry does not wait for it', async () => {
  const rig = setUpPipeline()
  rig.host = failing
  const leaving = new AbortController()
  rig.on('retried', () => leaving.abort('left'))
  expect(await rig.call({ signal: leaving.signal })).toBe('left')
  expect([rig.sent.length, rig.time.timers()]).toEqual([1, 0])
})

test.each(['in line', 'for the first look at the fleet'])(
  'a caller who leaves is heard at once, at whatever moment, though the call waited %s',
  async (where) => {
    for (let turns = 0; turns < 40; turns += 1) {
      const time = createVirtualTime()
      const store = createMemoryBreakerStore({ now: time.now })
      const rig = setUpPipeline({ figures: crowded, store, time })
      const first = Promise.withResolvers<void>()
      rig.host = () => first.promise
      if (where === 'in line') void rig.call()
      await settle()
      rig.host = hang
      const leaving = new AbortController()
      const ended = rig.call({ signal: leaving.signal })
      first.resolve()
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      leaving.abort('left')
      expect(await Promise.race([ended, settle()])).toBe('left')
      await settle()
      expect(time.timers()).toBe(0)
      expect(rig.status().circuits[0]).toMatchObject({ active: 0, waiting: 0 })
    }
  },
)

test('a gate that closes while a call stands in line is closed for it', async () => {
  const rig = setUpPipeline({ figures: crowded })
  const first = Promise.withResolvers<void>()
  rig.host = () => first.promise
  const calls = [rig.call({ repeat: 'never' }), rig.call({ repeat: 'never' })]
  await settle()
  first.reject(new ImagesError('rate_limited', 'A test.', { status: 429, retryAfterMs: 5000 }))
  expect(await Promise.all(calls)).toEqual(['rate_limited', 'rate_limited'])
  expect(rig.sent).toHaveLength(1)
})

test('nobody stands in line for a closed gate', async () => {
  const rig = setUpPipeline({ figures: crowded })
  rig.host = hang
  void rig.call()
  await closeGate(rig)
  expect(await rig.call({ repeat: 'never' })).toBe('rate_limited')
})

test('nobody stands in line again for a circuit that opened meanwhile', async () => {
  const rig = setUpPipeline({ figures: { ...crowded, breaker: { consecutiveFailures: 1 } } })
  rig.host = failing
  const retrying = rig.call()
  await settle()
  rig.circuits.observeOnly('read')
  rig.host = hang
  void rig.call()
  rig.circuits.isolate('read')
  await rig.time.advance(1500)
  expect(await Promise.race([retrying, settle()])).toBe('circuit_open')
})

test('a call that waited in line has what is left until its deadline, and no more', async () => {
  const rig = setUpPipeline({ figures: crowded })
  const first = Promise.withResolvers<void>()
  rig.host = () => first.promise
  const calls = [rig.call(), rig.call({ deadlineAt: 5000, repeat: 'never' })]
  await rig.time.advance(3000)
  rig.host = hang
  first.resolve()
  await rig.time.advance(1999)
  expect(rig.sent).toHaveLength(2)
  expect(await Promise.race([calls[1], settle()])).toBeUndefined()
  await rig.time.advance(1)
  expect(await Promise.race([calls[1], settle()])).toBe('host_timed_out')
  expect(rig.events).toContainEqual(
    expect.objectContaining({ type: 'attempted', code: 'host_timed_out', durationMs: 2000 }),
  )
})

test('a call whose deadline has passed was not sent, and takes no probe', async () => {
  const rig = setUpPipeline()
  await openCircuit(rig)
  await rig.time.advance(30_000)
  rig.host = answering
  const told = rig.events.length
  const ended = rig.send(makeCall({ deadlineAt: 0 }))
  await expect(ended).rejects.toMatchObject({ code: 'host_timed_out', attempts: 0 })
  expect(rig.events.slice(told).map(({ type }) => type)).toEqual(['retry-forgone', 'called'])
})

test('a refusal shortens the stack of no other error', async () => {
  const rig = setUpPipeline()
  rig.circuits.isolate('read')
  await rig.call()
  expect(new Error('another').stack).toContain('create-resilience.test')
})

test('a call that failed by itself is no abort, though its caller could have left', async () => {
  const rig = setUpPipeline()
  rig.host = failWith('not_found', { status: 404 })
  await rig.call({ signal: new AbortController().signal })
  expect(rig.events.at(-1)).toMatchObject({ type: 'called', outcome: 'failed', code: 'not_found' })
})

test('what asks for its signal after the caller left hears the caller’s reason', async () => {
  const rig = setUpPipeline()
  rig.host = hang
  const leaving = new AbortController()
  const ended = rig.call({ signal: leaving.signal })
  leaving.abort('left')
  await ended
  expect(rig.sent[0]?.signal().reason).toBe('left')
})

test('a probe whose lease was as long as its time would be replaced: it has a second more', async () => {
  const rig = setUpPipeline({ figures: { attemptMs: 40_000, breaker: { probeMs: 40_000 } } })
  await openCircuit(rig)
  await rig.time.advance(30_000)
  rig.host = hang
  void rig.call({ deadlineAt: 1_000_000 })
  await rig.time.advance(1)
  expect(rig.status().circuits[0]).toMatchObject({ status: 'probing', retryAfterMs: 40_999 })
})
