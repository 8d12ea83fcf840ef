/** A store that hangs, throws, lies late or forgets, over the whole composition: it is never an outage of ours. */
import { ImagesError } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { failWith, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { BreakerStore, FleetVerdict } from './breaker-store.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'

const once = { retry: { attempts: 1, unsafeAttempts: 1 } }
const answering = async () => undefined
const failing = failWith('host_unavailable', { status: 503 })

/** Comes between each step and the real store. */
type Between = <Answer>(step: () => Promise<Answer>) => Promise<Answer>

interface Wire {
  readonly store: BreakerStore
  between: Between
}

const through: Between = (step) => step()
const hanging: Between = () => new Promise(() => undefined)
const rejecting: Between = () => Promise.reject(new TypeError('cut'))
const throwing: Between = () => {
  throw new TypeError('not connected')
}
const slowly =
  (time: VirtualTime, ms: number): Between =>
  async (step) => {
    await new Promise<void>((resolve) => time.schedule(resolve, ms))
    return step()
  }

function createWire(time: VirtualTime, real = createMemoryBreakerStore({ now: time.now })): Wire {
  const take: Between = (step) => wire.between(step)
  const wire: Wire = {
    between: through,
    store: {
      observe: (...all) => take(() => real.observe(...all)),
      report: (...all) => take(() => real.report(...all)),
      tryProbe: (...all) => take(() => real.tryProbe(...all)),
      settleProbe: (...all) => take(() => real.settleProbe(...all)),
    },
  }
  return wire
}

function setUp(figures: Parameters<typeof setUpPipeline>[0] = {}) {
  const time = createVirtualTime()
  const wire = createWire(time)
  return { time, wire, rig: setUpPipeline({ figures: once, ...figures, store: wire.store, time }) }
}

async function openCircuit(rig: Rig): Promise<void> {
  rig.host = failing
  for (let count = 0; count < 5; count += 1) await rig.call()
  rig.host = answering
  await settle()
}

/** How long a call takes, at most so long. */
async function measure(rig: Rig, time: VirtualTime): Promise<number> {
  const from = time.now()
  const end = { at: Infinity }
  void rig.call().then(() => (end.at = time.now()))
  for (let ms = 0; ms < 500 && end.at === Infinity; ms += 1) await time.advance(1)
  return end.at - from
}

const toStore = (rig: Rig) =>
  rig.events.map(({ type }) => type).filter((type) => type.startsWith('store-'))

const ways: readonly (readonly [string, Between])[] = [
  ['hangs', hanging],
  ['rejects', rejecting],
  ['throws at once', throwing],
]

describe.each(ways)('a store that %s', (_, between) => {
  test('from the start costs a call 50 ms at most, once, and is told of once', async () => {
    const { rig, time, wire } = setUp()
    wire.between = between
    expect(await measure(rig, time)).toBeLessThanOrEqual(50)
    for (let count = 0; count < 10; count += 1) expect(await measure(rig, time)).toBe(0)
    for (let second = 0; second < 120; second += 1) {
      expect(await measure(rig, time)).toBe(0)
      await time.advance(1000)
    }
    expect(toStore(rig)).toEqual(['store-degraded'])
    await time.advance(60_000)
    wire.between = through
    await measure(rig, time)
    await time.advance(100)
    expect(toStore(rig)).toEqual(['store-degraded', 'store-restored'])
    expect(time.timers()).toBe(0)
  })

  test('later costs no call anything', async () => {
    const { rig, time, wire } = setUp()
    expect(await measure(rig, time)).toBe(0)
    wire.between = between
    for (let second = 0; second < 30; second += 1) {
      expect(await measure(rig, time)).toBe(0)
      await time.advance(1000)
    }
    expect(toStore(rig)).toEqual(['store-degraded'])
  })

  test('leaves the circuit to what this process knows: it opens, probes and closes', async () => {
    const { rig, time, wire } = setUp()
    await measure(rig, time)
    wire.between = between
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    await time.advance(30_000)
    expect(await rig.call()).toBe('done')
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed' })
  })

  test('when the fleet’s pause is over costs the probe 50 ms at most, and it goes', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    wire.between = between
    await time.advance(30_000)
    const sent = rig.sent.length
    expect(await measure(rig, time)).toBeLessThanOrEqual(50)
    expect(rig.sent.length).toBe(sent + 1)
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed' })
    expect(await rig.call()).toBe('done')
  })

  test('while the probe is out costs it 50 ms at most, and the next lease is not far', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    const answer = Promise.withResolvers<void>()
    rig.host = () => answer.promise
    const probing = rig.call()
    await settle()
    expect(rig.sent).toHaveLength(6)
    wire.between = between
    answer.resolve()
    await time.advance(50)
    expect(await probing).toBe('done')
    rig.host = answering
    await time.advance(30_000)
    expect(await measure(rig, time)).toBeLessThanOrEqual(50)
    expect(rig.sent).toHaveLength(7)
  })
})

describe('a store that is slow', () => {
  test('answers within its time, and no call waits for it but the first', async () => {
    const { rig, time, wire } = setUp()
    wire.between = slowly(time, 40)
    expect(await measure(rig, time)).toBe(40)
    for (let second = 0; second < 10; second += 1) {
      expect(await measure(rig, time)).toBe(0)
      await time.advance(1000)
    }
    expect(toStore(rig)).toEqual([])
  })

  // First it looks, and then it asks for the probe: each step has 50 ms of its own.
  test('costs a new process two steps at most, though a pause is just over', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    const fresh = setUpPipeline({ figures: once, store: wire.store, time })
    wire.between = slowly(time, 40)
    expect(await measure(fresh, time)).toBeLessThanOrEqual(100)
  })

  // It has its answer: the store is told in the background.
  test('costs the probe no more for telling than for asking', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    wire.between = slowly(time, 40)
    expect(await measure(rig, time)).toBeLessThanOrEqual(50)
  })

  // What the store answers too late is given back.
  test.each(['at first', 'for the probe'])(
    'is not waited for by a caller who left while it was asked %s',
    async (when) => {
      const { rig, time, wire } = setUp()
      if (when === 'for the probe') {
        await openCircuit(rig)
        await time.advance(30_000)
      }
      wire.between = slowly(time, 40)
      const leaving = new AbortController()
      let ended: unknown
      void rig.call({ signal: leaving.signal }).then((end) => (ended = end))
      await time.advance(1)
      leaving.abort('left')
      await settle()
      expect(ended).toBe('left')
    },
  )

  // The wait for the store is the caller's time like any other.
  test('is not waited for past the deadline', async () => {
    const { rig, time, wire } = setUp()
    wire.between = hanging
    let ended: unknown
    void rig.call({ deadlineAt: 10 }).then((end) => (ended = end))
    await time.advance(10)
    expect(ended).toBeDefined()
  })

  test('and a caller who left while it was asked: nothing is sent, and no lease is held', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    wire.between = slowly(time, 40)
    const leaving = new AbortController()
    const ended = rig.call({ signal: leaving.signal })
    await time.advance(1)
    leaving.abort('left')
    await time.advance(200)
    expect(await ended).toBe('left')
    const sent = rig.sent.length
    wire.between = through
    expect(await rig.call()).toBe('done')
    expect(rig.sent).toHaveLength(sent + 1)
    expect([time.timers(), rig.status().circuits[0]?.active]).toEqual([0, 0])
  })
})

describe('a store that is asked by many at once', () => {
  // Failures at the same moment are one failure, and one rest.
  test('and fails them all rests for a second, as after one', async () => {
    const { rig, time, wire } = setUp()
    wire.between = hanging
    const calls = Array.from({ length: 40 }, () => rig.call())
    await time.advance(50)
    await Promise.all(calls)
    wire.between = through
    await time.advance(2000)
    await rig.call()
    await settle()
    expect(toStore(rig)).toEqual(['store-degraded', 'store-restored'])
  })

  test('and loses one of many answers: what was told of it is told once', async () => {
    const { rig, time, wire } = setUp()
    let asked = 0
    wire.between = (step) => {
      asked += 1
      return asked % 2 === 0 ? slowly(time, 45)(step) : hanging(step)
    }
    const calls = Array.from({ length: 20 }, () => rig.call())
    await time.advance(60)
    await Promise.all(calls)
    wire.between = through
    await time.advance(60_000)
    await rig.call()
    await settle()
    expect(toStore(rig)).toEqual(['store-degraded', 'store-restored'])
  })

  // Whoever comes while one asks is sent away for a moment.
  test('is asked for the probe once', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    let asked = 0
    wire.between = (step) => {
      asked += 1
      return slowly(time, 5)(step)
    }
    const calls = Array.from({ length: 50 }, () => rig.call())
    await time.advance(100)
    const ends = await Promise.all(calls)
    expect(ends.filter((end) => end === 'done')).toHaveLength(1)
    // One look, one question for the probe, one for the gate, and the probe's end.
    expect(asked).toBeLessThanOrEqual(4)
  })
})

describe('a store that answers late, or forgets', () => {
  test('an old answer that comes after a newer one opens nothing', async () => {
    const time = createVirtualTime()
    const real = createMemoryBreakerStore({ now: time.now })
    const old = Promise.withResolvers<FleetVerdict>()
    let late = false
    const isLate = (circuit: string) => late && circuit === 'account:read'
    const observe = (circuit: string) => (isLate(circuit) ? old.promise : real.observe(circuit))
    const rig = setUpPipeline({ figures: once, store: { ...real, observe }, time })
    await openCircuit(rig)
    await time.advance(30_000)
    const answer = Promise.withResolvers<void>()
    rig.host = () => answer.promise
    const probing = rig.call()
    await time.advance(1000)
    late = true
    expect(await rig.call()).toBe('circuit_open')
    answer.resolve()
    expect(await probing).toBe('done')
    old.resolve({ status: 'open', generation: 99, remainingMs: 1e9, trips: 9 })
    await settle()
    late = false
    rig.host = answering
    expect(await rig.call()).toBe('done')
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed' })
  })

  test('forgets everything: the process goes on, and the fleet can open again', async () => {
    const time = createVirtualTime()
    const wire = createWire(time)
    const empty = createWire(time)
    const rig = setUpPipeline({ figures: once, store: wire.store, time })
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    const take = wire.store.observe
    expect(await take('account:read')).toMatchObject({ status: 'open', generation: 1 })
    Object.assign(wire.store, empty.store)
    await time.advance(30_000)
    expect(await rig.call()).toBe('done')
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    expect(await empty.store.observe('account:read')).toMatchObject({
      status: 'open',
      generation: 1,
    })
    expect(toStore(rig)).toEqual([])
  })
})

describe('a lease of the fleet', () => {
  // Nobody here waits until it has run out there.
  test('whose end the store could not be told of does not outlive its probe here', async () => {
    const { rig, time, wire } = setUp()
    await openCircuit(rig)
    await time.advance(30_000)
    const answer = Promise.withResolvers<void>()
    rig.host = () => answer.promise
    const probing = rig.call()
    await settle()
    wire.between = rejecting
    answer.resolve()
    expect(await probing).toBe('done')
    rig.host = answering
    expect(await rig.call()).toBe('done')
  })

  // Of two pauses that hold at once the longer one is told.
  test('or pause that is shorter than our own does not shorten what a caller is told', async () => {
    const time = createVirtualTime()
    const store = createMemoryBreakerStore({ now: time.now })
    const [here, there] = [
      setUpPipeline({ figures: { ...once, breaker: { consecutiveFailures: 2 } }, store, time }),
      setUpPipeline({ figures: once, store, time }),
    ]
    await Promise.all([here.call(), there.call()])
    here.host = failWith('host_unavailable', { status: 503, retryAfterMs: 120_000 })
    for (let count = 0; count < 2; count += 1) await here.call()
    await openCircuit(there)
    await time.advance(1000)
    await here.call()
    await settle()
    await here.call()
    expect(here.events.findLast(({ type }) => type === 'refused')).toMatchObject({
      retryAfterMs: 119_000,
    })
  })
})

describe('what the fleet hears', () => {
  // An outcome is fenced by the era in which it was admitted, for the fleet as well.
  test('is nothing of attempts from before its circuit closed again', async () => {
    const { rig, time, wire } = setUp({
      figures: { ...once, attemptMs: 100_000, breaker: { openMs: 1000 } },
    })
    const late = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    rig.host = () => late[rig.sent.length - 1]?.promise ?? Promise.resolve()
    const calls = late.map(() => rig.call({ deadlineAt: 1_000_000 }))
    await settle()
    await openCircuit(rig)
    await time.advance(1000)
    expect(await rig.call()).toBe('done')
    await settle()
    for (const { reject } of late) reject(new ImagesError('host_unavailable', 'Late.'))
    await Promise.all(calls)
    await settle()
    expect(await wire.store.observe('account:read')).toMatchObject({ status: 'closed' })
    expect(await rig.call()).toBe('done')
  })

  test('goes on where the store was lost: a failure after it came back is counted', async () => {
    const { rig, time, wire } = setUp()
    await measure(rig, time)
    wire.between = rejecting
    rig.host = failing
    await rig.call()
    await time.advance(60_000)
    wire.between = through
    rig.host = answering
    await rig.call()
    await openCircuit(rig)
    expect(await wire.store.observe('account:read')).toMatchObject({ status: 'open' })
  })

  // Bad news that the store did not take is kept for the next time.
  test('includes the failures that it could not be told of', async () => {
    const { rig, time, wire } = setUp({
      figures: { ...once, breaker: { consecutiveFailures: 5, windowMs: 60_000 } },
    })
    await measure(rig, time)
    wire.between = rejecting
    rig.host = failing
    for (let count = 0; count < 4; count += 1) await rig.call()
    await time.advance(2000)
    wire.between = through
    await rig.call()
    await settle()
    expect(await wire.store.observe('account:read')).toMatchObject({ status: 'open' })
  })
})

describe('an operator', () => {
  // The fleet's verdict is followed when it changes, and does not stand in front.
  test('who closes a circuit that the fleet holds open lets this process send', async () => {
    const { rig } = setUp()
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    rig.circuits.close('read')
    expect(rig.status().circuits[0]).toMatchObject({ status: 'closed', retryAfterMs: 0 })
    expect(await rig.call()).toBe('done')
  })

  test('who disables it is obeyed, whatever the fleet says', async () => {
    const { rig } = setUp()
    await openCircuit(rig)
    rig.circuits.disable('read')
    expect(await rig.call()).toBe('done')
  })

  // The mode is read again when the store has answered.
  test('who isolates it while a call asks the store is obeyed', async () => {
    const { rig, time, wire } = setUp()
    wire.between = slowly(time, 40)
    const ended = rig.call()
    await time.advance(1)
    rig.circuits.isolate('read')
    await time.advance(100)
    expect([await ended, rig.sent.length]).toEqual(['circuit_open', 0])
  })

  // An isolated circuit has no such time: neither its refusal nor its message speaks of one.
  test('is told when it may be tried again only if that is true', async () => {
    const rig = setUpPipeline({ figures: once })
    rig.circuits.isolate('read')
    const refused = rig.send(makeCall())
    const error = await refused.catch((reason: ImagesError) => reason)
    expect(error).toMatchObject({ code: 'circuit_open', retryAfterMs: undefined })
    expect(error instanceof ImagesError && error.message).not.toContain('retryAfterMs')
  })
})
