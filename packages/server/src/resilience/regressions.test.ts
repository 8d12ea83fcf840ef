/**
 * Every defect that was reproduced in the circuit breakers and clients of others, or was reported of them, held against
 * our own composition. C6 and O7, that they cannot be loaded or never half-open in workerd, are proven in
 * `tools/workers.test.ts`, in a bare Worker.
 */
import { ImagesError } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { failWith, hang, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { settle } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import { initialBreakerState, transition } from './breaker.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'
import { parseRetryAfter } from '../client/retry-after.ts'

/** One try each, so that a failure is one failure. */
const once = { retry: { attempts: 1, unsafeAttempts: 1 } }
const HOUR = 3_600_000

const failing = failWith('host_unavailable', { status: 503 })
const answering = async () => undefined

/** Fails as often as opens it by default. */
async function openCircuit(rig: Rig): Promise<void> {
  rig.host = failing
  for (let count = 0; count < 5; count += 1) await rig.call()
  rig.host = answering
}

const readStatus = (rig: Rig) => rig.status().circuits[0]?.status

describe('cockatiel 4.0.0', () => {
  test('C1: nine failures, an hour idle, one failure opens it; ours stays closed', async () => {
    const rig = setUpPipeline({
      figures: {
        ...once,
        breaker: { consecutiveFailures: 1000, minimumCalls: 10, windowMs: 5000 },
      },
    })
    rig.host = failing
    for (let count = 0; count < 9; count += 1) await rig.call()
    await rig.time.advance(HOUR)
    await rig.call()
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed', calls: 1, failures: 1 })
  })

  test('C1, the other way round: ten failures within the window open it', async () => {
    const rig = setUpPipeline({
      figures: {
        ...once,
        breaker: { consecutiveFailures: 1000, minimumCalls: 10, windowMs: 5000 },
      },
    })
    rig.host = failing
    for (let count = 0; count < 10; count += 1) await rig.call()
    expect(readStatus(rig)).toBe('open')
  })

  test('C2: a call from before the trip fails while half-open and opens it again; ours ignores it', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 100_000 } })
    const [early, probe] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    rig.host = () => early.promise
    const overhanging = rig.call({ deadlineAt: 1_000_000 })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = () => probe.promise
    const probing = rig.call({ deadlineAt: 1_000_000 })
    early.reject(new ImagesError('host_unavailable', 'Late.'))
    expect(await overhanging).toBe('host_unavailable')
    expect(readStatus(rig)).toBe('probing')
    probe.resolve()
    expect(await probing).toBe('done')
    expect(readStatus(rig)).toBe('closed')
  })

  test('C3: a probe hangs and a second caller waits on it, deaf to its own abort; ours is refused at once', async () => {
    const rig = setUpPipeline({ figures: once })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = hang
    void rig.call()
    const waitsForNothing = { signal: new AbortController().signal }
    expect(await rig.call(waitsForNothing)).toBe('circuit_open')
    expect(rig.events.at(-2)).toMatchObject({ type: 'refused', retryAfterMs: 30_000 })
  })

  test('C4: an abort at 50 ms ends a backoff of 500 ms after it, with one more call; ours ends at once', async () => {
    const rig = setUpPipeline({ random: () => 0 })
    rig.host = failing
    const leaving = new AbortController()
    const ended = rig.call({ signal: leaving.signal })
    await rig.time.advance(50)
    expect(rig.time.timers()).toBe(1)
    leaving.abort('left')
    expect(await ended).toBe('left')
    expect([rig.sent.length, rig.time.timers()]).toEqual([1, 0])
  })

  test('C5: of two breakers with one snapshot one trips and the other stays closed; ours share the verdict', async () => {
    const here = setUpPipeline({ figures: once })
    const { time } = here
    const store = createMemoryBreakerStore({ now: time.now })
    const [one, two] = [
      setUpPipeline({ figures: once, store, time }),
      setUpPipeline({ figures: once, store, time }),
    ]
    await one.call()
    await two.call()
    await Promise.all([openCircuit(one), openCircuit(two)])
    await settle()
    const three = setUpPipeline({ figures: once, store, time })
    expect(await three.call()).toBe('circuit_open')
    expect(three.sent).toEqual([])
  })
})

describe('opossum 10.0.0', () => {
  test('O1: the time of the trip is the time of construction, so it half-opens at once; ours counts from the trip', async () => {
    const rig = setUpPipeline({ figures: once })
    await rig.time.advance(HOUR)
    await openCircuit(rig)
    expect(rig.status().circuits[0]).toMatchObject({ status: 'open', retryAfterMs: 30_000 })
    await rig.time.advance(29_999)
    expect(await rig.call()).toBe('circuit_open')
    await rig.time.advance(1)
    expect(await rig.call()).toBe('done')
  })

  test('O2: a result of undefined is a TypeError and a failure; ours is a result', async () => {
    const rig = setUpPipeline({ figures: once })
    for (let count = 0; count < 10; count += 1) {
      expect(await rig.call({ readReply: async () => ({ result: undefined }) })).toBeUndefined()
    }
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed', calls: 10, failures: 0 })
  })

  test('O3: a probe that hangs keeps it open for ever; ours ends with its time, and the next one goes', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 29_000 } })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = hang
    void rig.call({ deadlineAt: 10_000_000 })
    await rig.time.advance(28_999)
    expect(await rig.call()).toBe('circuit_open')
    await rig.time.advance(1 + 60_000)
    rig.host = answering
    expect(await rig.call()).toBe('done')
    expect(readStatus(rig)).toBe('closed')
  })

  test('O4: one time-out aborts every call in flight; ours aborts its own alone', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 1000 } })
    rig.host = hang
    const first = rig.call()
    const firstSignal = rig.sent[0]?.signal()
    await rig.time.advance(999)
    void rig.call()
    const secondSignal = rig.sent[1]?.signal()
    await rig.time.advance(1)
    expect(await first).toBe('host_timed_out')
    expect([firstSignal?.aborted, secondSignal?.aborted]).toEqual([true, false])
  })

  test('O4: the options are written into; ours are left as they were', async () => {
    const breaker = Object.freeze({ ...defaultBreakerConfig, consecutiveFailures: 2 })
    const rig = setUpPipeline({ figures: { ...once, breaker } })
    await openCircuit(rig)
    expect(readStatus(rig)).toBe('open')
  })

  test('O5: a failure costs more with every call in the window; our state has ten buckets at most', () => {
    let state = initialBreakerState
    let most = 0
    for (let call = 0; call < 100_000; call += 1) {
      const [outcome, era] = [call % 3 === 0 ? 'failure' : 'success', state.era] as const
      const settled = { type: 'settled', outcome, era, now: call, random: 0.5 } as const
      state = transition(state, settled, defaultBreakerConfig)
      most = Math.max(most, JSON.stringify(state).length)
    }
    expect(state).toMatchObject({ status: 'closed', window: { length: 10 } })
    expect(most).toBeLessThan(600)
  })

  test('O6: a late failure while half-open opens it again, and then the probe’s success is dropped; ours closes', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 100_000 } })
    const early = Promise.withResolvers<void>()
    rig.host = () => early.promise
    const overhanging = rig.call({ deadlineAt: 1_000_000 })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    expect(await rig.call()).toBe('done')
    early.reject(new ImagesError('host_unavailable', 'Late.'))
    await overhanging
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed', failures: 0 })
  })
})

describe('others', () => {
  test('resilience4j is half-open for ever after a permit that nobody gave back; ours goes to the next caller', async () => {
    const rig = setUpPipeline({ figures: once })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = hang
    const leaving = new AbortController()
    const probing = rig.call({ signal: leaving.signal })
    leaving.abort('left')
    expect(await probing).toBe('left')
    rig.host = answering
    expect(await rig.call()).toBe('done')
    expect(readStatus(rig)).toBe('closed')
  })

  test('resilience4j counts strangers while half-open; a late success closes none of ours', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 100_000 } })
    const early = Promise.withResolvers<void>()
    rig.host = () => early.promise
    const overhanging = rig.call({ deadlineAt: 1_000_000 })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = hang
    void rig.call({ deadlineAt: 1_000_000 })
    early.resolve()
    expect(await overhanging).toBe('done')
    expect(readStatus(rig)).toBe('probing')
  })

  test('Polly 8: any late outcome closes a half-open circuit or opens it; ours waits for the probe', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 100_000 } })
    const late = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    rig.host = () => late[rig.sent.length - 1]?.promise ?? Promise.resolve()
    const calls = [rig.call({ deadlineAt: 1_000_000 }), rig.call({ deadlineAt: 1_000_000 })]
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = hang
    void rig.call({ deadlineAt: 1_000_000 })
    late[0].resolve()
    late[1].reject(new ImagesError('host_timed_out', 'Late.'))
    await Promise.all(calls)
    expect(readStatus(rig)).toBe('probing')
  })

  test('a Django recipe: a slow success from before the trip closes an open circuit; ours stays open', async () => {
    const rig = setUpPipeline({ figures: { ...once, attemptMs: 100_000 } })
    const slow = Promise.withResolvers<void>()
    rig.host = () => slow.promise
    const overhanging = rig.call({ deadlineAt: 1_000_000 })
    await openCircuit(rig)
    slow.resolve()
    expect(await overhanging).toBe('done')
    expect(readStatus(rig)).toBe('open')
    expect(await rig.call()).toBe('circuit_open')
  })

  test.each(['host_refused', 'not_found', 'file_refused_by_host', 'credentials_refused'] as const)(
    'a Django recipe: one user’s bad input opens it for all; %s counts nothing',
    async (code) => {
      const rig = setUpPipeline({ figures: once })
      rig.host = failWith(code, { status: 400 })
      for (let count = 0; count < 100; count += 1) expect(await rig.call()).toBe(code)
      expect(rig.status().circuits[0]).toMatchObject({ status: 'closed', calls: 0 })
    },
  )

  test('a Django recipe: the refusal of an open circuit is retried by a loop around it; no loop of ours does', async () => {
    const rig = setUpPipeline()
    const twice = rig.around((attempt) =>
      rig.send({ ...makeCall(), ...attempt, signal: undefined }),
    )
    rig.host = failing
    for (let count = 0; count < 5; count += 1) await rig.run(20_000)
    const [sent, told] = [rig.sent.length, rig.events.length]
    await expect(twice(makeCall({ deadlineAt: 1_000_000 }))).rejects.toMatchObject({
      code: 'circuit_open',
      retry: 'later',
    })
    expect(rig.sent).toHaveLength(sent)
    expect(rig.events.slice(told).map(({ type }) => type)).not.toContain('retried')
  })

  test('a Django recipe: of 50 failures at once most are lost; ours count 50', async () => {
    const rig = setUpPipeline({
      figures: { ...once, breaker: { consecutiveFailures: 1000, minimumCalls: 1000 } },
    })
    rig.host = failing
    await Promise.all(Array.from({ length: 50 }, () => rig.call()))
    expect(rig.status().circuits[0]).toMatchObject({ calls: 50, failures: 50 })
  })

  test('sony/gobreaker holds a lock of the fleet through each request; ours asks nobody while all is well', async () => {
    const time = setUpPipeline().time
    const real = createMemoryBreakerStore({ now: time.now })
    let asked = 0
    const count = <Answer>(answer: Answer): Answer => {
      asked += 1
      return answer
    }
    const store = {
      observe: (circuit: string) => count(real.observe(circuit)),
      report: (...all: Parameters<typeof real.report>) => count(real.report(...all)),
      tryProbe: (...all: Parameters<typeof real.tryProbe>) => count(real.tryProbe(...all)),
      settleProbe: (...all: Parameters<typeof real.settleProbe>) => count(real.settleProbe(...all)),
    }
    const rig = setUpPipeline({ store, time })
    for (let call = 0; call < 1000; call += 1) expect(await rig.call()).toBe('done')
    // The circuit and the account's gate, once each.
    expect(asked).toBe(2)
  })

  test('unkey: half-opens at once after an hour closed; ours is open for its whole pause', async () => {
    const rig = setUpPipeline({ figures: once })
    await rig.call()
    await rig.time.advance(HOUR)
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
  })

  test('OmniRoute#13836, opossum#119: stuck half-open for days; ours is let go on, whatever each probe does', async () => {
    const rig = setUpPipeline({ figures: once })
    await openCircuit(rig)
    const ends = [
      hang,
      failing,
      failWith('rate_limited', { retryAfterMs: 1 }),
      hang,
      failWith('not_found'),
    ]
    for (const end of ends) {
      await rig.time.advance(400_000)
      rig.host = end
      const before = rig.sent.length
      void rig.call()
      expect(rig.sent).toHaveLength(before + 1)
    }
    await rig.time.advance(400_000)
    rig.host = answering
    expect(await rig.call()).toBe('done')
    expect(readStatus(rig)).toBe('closed')
  })

  test('pybreaker#24: a new process resets what the others share; ours reads it and writes nothing', async () => {
    const first = setUpPipeline()
    const { time } = first
    const store = createMemoryBreakerStore({ now: time.now })
    const old = setUpPipeline({ figures: once, store, time })
    await openCircuit(old)
    await settle()
    const before = await store.observe('account:read')
    expect(before.status).toBe('open')
    const fresh = setUpPipeline({ figures: once, store, time })
    expect(await fresh.call()).toBe('circuit_open')
    expect(await store.observe('account:read')).toEqual(before)
  })
})

describe('the official SDK, cloudflare 7.3.0', () => {
  test('K1: sleeps for the hour it was told, deaf to an abort; ours gives up at once', async () => {
    const rig = setUpPipeline()
    rig.host = failWith('rate_limited', { status: 429, retryAfterMs: HOUR })
    expect(await rig.call()).toBe('rate_limited')
    expect([rig.sent.length, rig.time.timers()]).toEqual([1, 0])
  })

  test('K2: sends a POST three times after two 502s; ours does not, if nobody can tell what became of it', async () => {
    const rig = setUpPipeline()
    rig.host = failWith('host_unavailable', { status: 502 })
    expect(await rig.run(20_000, { repeat: 'unsafe' })).toBe('host_unavailable')
    expect(rig.sent).toHaveLength(1)
  })

  test('K3: a body that stalls outlives the time-out; ours ends with it', async () => {
    const rig = setUpPipeline({ figures: once })
    const ended = rig.call({ readReply: () => new Promise(() => undefined) })
    await rig.time.advance(8000)
    expect(await ended).toBe('host_timed_out')
  })

  test('K5: Retry-After: 0 means three attempts within 2 ms; ours keep their own distance', async () => {
    const retryAfterMs = parseRetryAfter('0', 0)
    const rig = setUpPipeline({ random: () => 0 })
    rig.host = failWith('host_unavailable', {
      status: 503,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    })
    void rig.call()
    await rig.time.advance(499)
    expect(rig.sent).toHaveLength(1)
  })

  test('K6: tries a conflict again; ours does not', async () => {
    const rig = setUpPipeline()
    rig.host = failWith('host_refused', { status: 409 })
    expect(await rig.run(20_000)).toBe('host_refused')
    expect(rig.sent).toHaveLength(1)
  })
})
