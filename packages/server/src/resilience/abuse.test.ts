/** Bad input and hard moments, over the whole composition. What other processes share is in `abuse-of-the-store.test.ts`. */
import { ImagesError } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { failWith, hang, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { settle } from '../test-support/virtual-time.ts'

const once = { retry: { attempts: 1, unsafeAttempts: 1 } }
const answering = async () => undefined
const failing = failWith('host_unavailable', { status: 503 })
const WEEK = 7 * 24 * 3_600_000

/** A signal that counts who listens to it. */
function createLeaving() {
  const controller = new AbortController()
  const { signal } = controller
  const listening = new Set<unknown>()
  const [add, remove] = [
    signal.addEventListener.bind(signal),
    signal.removeEventListener.bind(signal),
  ]
  signal.addEventListener = (
    type: string,
    listener: EventListener,
    how?: AddEventListenerOptions,
  ) => {
    listening.add(listener)
    add(type, listener, how)
  }
  signal.removeEventListener = (type: string, listener: EventListener) => {
    listening.delete(listener)
    remove(type, listener)
  }
  return {
    leave: (reason: unknown) => controller.abort(reason),
    signal,
    listeners: () => listening.size,
  }
}

/** Nothing waits, nothing is under way, and nobody holds a probe. */
function expectNothingLeft(rig: Rig): void {
  expect(rig.time.timers()).toBe(0)
  expect(rig.status().circuits[0]).toMatchObject({ active: 0, waiting: 0 })
  expect(rig.status().circuits[0]?.status).not.toBe('probing')
}

async function openCircuit(rig: Rig): Promise<void> {
  rig.host = failing
  for (let count = 0; count < 5; count += 1) await rig.call({ repeat: 'never' })
  rig.host = answering
}

const readCircuit = (rig: Rig) => rig.status().circuits[0]

describe('an abort', () => {
  /** Each brings a call to where the caller leaves; it is already there when this returns. */
  const moments: readonly (readonly [string, (rig: Rig) => Promise<void> | void])[] = [
    ['in flight', (rig) => void (rig.host = hang)],
    ['in the pause before a retry', (rig) => void (rig.host = failing)],
    [
      'as the probe of an open circuit',
      async (rig) => {
        await openCircuit(rig)
        await rig.time.advance(30_000)
        rig.host = hang
      },
    ],
    [
      'in the pause before a throttled call is tried again',
      (rig) => void (rig.host = failWith('rate_limited', { status: 429, retryAfterMs: 1000 })),
    ],
  ]

  test.each(moments)(
    '%s settles the call at once, and leaves nothing behind',
    async (_, arrange) => {
      const rig = setUpPipeline()
      await arrange(rig)
      const { leave, signal, listeners } = createLeaving()
      let ends = 0
      const ended = rig.call({ signal }).finally(() => (ends += 1))
      await settle()
      expect([ends, listeners()]).toEqual([0, 1])
      const before = rig.sent.length
      leave('left')
      await settle()
      expect([ends, await ended, rig.sent.length]).toEqual([1, 'left', before])
      expectNothingLeft(rig)
      await rig.time.advance(60_000)
      expect(rig.sent).toHaveLength(before)
    },
  )

  test('before the call: nothing is sent, nobody is listened to, and no retry is paid for', async () => {
    const rig = setUpPipeline()
    const { leave, signal, listeners } = createLeaving()
    leave('left')
    expect(await rig.call({ signal })).toBe('left')
    expect([rig.sent.length, listeners(), rig.status().budget.tokens]).toEqual([0, 0, 500])
    expectNothingLeft(rig)
  })

  test('in line: the place in the line is given up, and the next in line is not', async () => {
    const rig = setUpPipeline({ figures: { bulkhead: { concurrency: 1, queue: 2 } } })
    const first = Promise.withResolvers<void>()
    rig.host = () => first.promise
    const { leave, signal, listeners } = createLeaving()
    const calls = [rig.call(), rig.call({ signal }), rig.call()]
    await settle()
    expect(readCircuit(rig)).toMatchObject({ active: 1, waiting: 2 })
    leave('left')
    expect([await calls[1], listeners()]).toEqual(['left', 0])
    expect(readCircuit(rig)).toMatchObject({ active: 1, waiting: 1 })
    first.resolve()
    expect(await Promise.all(calls)).toEqual(['done', 'left', 'done'])
    expectNothingLeft(rig)
  })

  test('in the very turn in which a place is free: the place is free again', async () => {
    const rig = setUpPipeline({ figures: { bulkhead: { concurrency: 1, queue: 2 } } })
    const first = Promise.withResolvers<void>()
    rig.host = () => first.promise
    const { leave, signal } = createLeaving()
    const calls = [rig.call(), rig.call({ signal })]
    await settle()
    first.resolve()
    while (readCircuit(rig)?.waiting === 1) await Promise.resolve()
    leave('left')
    expect(await Promise.all(calls)).toEqual(['done', 'left'])
    expect(rig.sent).toHaveLength(1)
    expectNothingLeft(rig)
  })

  test('after the call: it stays what it was, and nobody listens any more', async () => {
    const rig = setUpPipeline()
    const { leave, signal, listeners } = createLeaving()
    expect(await rig.call({ signal })).toBe('done')
    expect(listeners()).toBe(0)
    leave('left')
    expectNothingLeft(rig)
  })

  // What a call notes on a failure is about its own failures.
  test('with an error of ours as its reason leaves that error as it was', async () => {
    const rig = setUpPipeline()
    rig.host = hang
    const { leave, signal } = createLeaving()
    const reason = new ImagesError('host_unavailable', 'Another call failed.', {
      attempts: 4,
      circuit: 'write',
    })
    const ended = rig.call({ signal })
    leave(reason)
    await ended
    expect(reason).toMatchObject({ attempts: 4, circuit: 'write' })
  })

  test('that never comes leaves nobody listening, after pauses and all', async () => {
    const rig = setUpPipeline()
    const { signal, listeners } = createLeaving()
    rig.host = (attempt) => (rig.sent.length < 3 ? failing(attempt) : answering())
    expect(await rig.run(20_000, { signal })).toBe('done')
    expect([rig.sent.length, listeners()]).toEqual([3, 0])
    expectNothingLeft(rig)
  })

  test('reaches what is in flight', async () => {
    const rig = setUpPipeline()
    const { leave, signal } = createLeaving()
    rig.host = (attempt) =>
      new Promise((_, reject) =>
        attempt.signal().addEventListener('abort', () => reject(attempt.signal().reason)),
      )
    const ended = rig.call({ signal })
    leave('left')
    expect(await ended).toBe('left')
    expect(rig.sent[0]?.signal().aborted).toBe(true)
  })

  // An abort passes on an error of ours from a call that failed before it: common where several calls share a signal.
  test('with an error of ours as its reason counts as no failure of the host', async () => {
    const rig = setUpPipeline({ figures: once })
    rig.host = hang
    for (let count = 0; count < 5; count += 1) {
      const { leave, signal } = createLeaving()
      const ended = rig.call({ signal })
      leave(new ImagesError('host_unavailable', 'Another call failed.'))
      await ended
    }
    expect(readCircuit(rig)).toMatchObject({ status: 'closed', failures: 0 })
  })

  // The attempt's signal is made when it is asked for, and has aborted if the attempt has.
  test('reaches what asks for its signal only later', async () => {
    const rig = setUpPipeline()
    const { leave, signal } = createLeaving()
    rig.host = hang
    const ended = rig.call({ signal })
    leave('left')
    await ended
    expect(rig.sent[0]?.signal().aborted).toBe(true)
  })
})

describe('a deadline', () => {
  test('that passes in line ends the call, which was not sent', async () => {
    const rig = setUpPipeline({ figures: { bulkhead: { concurrency: 1, queue: 2 } } })
    rig.host = hang
    void rig.call()
    const ended = rig.call({ deadlineAt: 100 })
    await rig.time.advance(100)
    expect(await ended).toBe('client_busy')
    await rig.time.advance(100_000)
    expectNothingLeft(rig)
  })

  test('is never slept past', async () => {
    const rig = setUpPipeline()
    rig.host = failing
    expect(await rig.call({ deadlineAt: 900 })).toBe('host_unavailable')
    expect(rig.events).toContainEqual(
      expect.objectContaining({ type: 'retry-forgone', because: 'deadline' }),
    )
    expectNothingLeft(rig)
  })

  // Nothing was sent, so nothing was learnt.
  test('that has passed before anything was sent counts as no failure of the host', async () => {
    const rig = setUpPipeline({ figures: once })
    for (let count = 0; count < 5; count += 1) await rig.call({ deadlineAt: 0 })
    expect(rig.sent).toEqual([])
    expect(readCircuit(rig)).toMatchObject({ status: 'closed', failures: 0 })
  })

  // The host had no fair chance to answer.
  test('of an impatient caller counts as no failure of the host', async () => {
    const rig = setUpPipeline({ figures: once })
    rig.host = hang
    for (let count = 0; count < 5; count += 1) {
      await rig.run(10, { deadlineAt: rig.time.monotonic() + 10 })
    }
    expect(rig.sent).toHaveLength(5)
    expect(readCircuit(rig)).toMatchObject({ status: 'closed', failures: 0 })
  })
})

describe('a listener', () => {
  test('that throws harms neither the call nor the other listeners', async () => {
    const heard: unknown[] = []
    const rig = setUpPipeline({ figures: once, onListenerError: (error) => heard.push(error) })
    for (const type of ['attempted', 'called', 'circuit-changed', 'refused', 'retried'] as const) {
      rig.on(type, () => {
        throw type
      })
    }
    await openCircuit(rig)
    expect(await rig.call()).toBe('circuit_open')
    await rig.time.advance(30_000)
    expect(await rig.call()).toBe('done')
    expect(new Set(heard)).toEqual(new Set(['attempted', 'called', 'circuit-changed', 'refused']))
    expectNothingLeft(rig)
  })

  // As a logger does whose disk is full: it throws for the event, and again for the error of its own listener.
  test('that throws, with a log that throws as well, harms no call', async () => {
    const rig = setUpPipeline({
      figures: once,
      onListenerError: (error) => {
        throw error
      },
    })
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.on('attempted', () => {
      throw new Error('no space left on device')
    })
    expect(await rig.call()).toBe('done')
    expectNothingLeft(rig)
  })

  test('that ends itself, and one that comes while being told, harm nobody', async () => {
    const rig = setUpPipeline()
    const heard: string[] = []
    const end = rig.on('called', () => {
      end()
      rig.on('called', () => heard.push('late'))
      heard.push('first')
    })
    rig.on('called', () => heard.push('second'))
    await rig.call()
    expect(heard.slice(0, 2)).toEqual(['first', 'second'])
    expect(heard.length).toBeLessThanOrEqual(3)
  })
})

describe('what is sent', () => {
  test.each(['a string', null, 0, Object.create(null)])(
    'may reject with %o, which is passed on, never repeated, and says nothing of the host',
    async (reason: unknown) => {
      const rig = setUpPipeline()
      rig.host = () => Promise.reject(reason)
      expect(await rig.call()).toBe(reason)
      expect(rig.sent).toHaveLength(1)
      expect(readCircuit(rig)).toMatchObject({ calls: 0, failures: 0 })
      expectNothingLeft(rig)
    },
  )

  test('may break as a probe: the next caller probes', async () => {
    const rig = setUpPipeline()
    await openCircuit(rig)
    await rig.time.advance(30_000)
    rig.host = () => Promise.reject(new TypeError('a bug'))
    expect(await rig.call()).toBeInstanceOf(TypeError)
    expect(readCircuit(rig)).toMatchObject({ status: 'open', retryAfterMs: 0 })
    rig.host = answering
    expect(await rig.call()).toBe('done')
  })

  // That something failed is a fact of its own, whatever it failed with.
  test('may reject with undefined, which is no success', async () => {
    const rig = setUpPipeline()
    rig.host = () => Promise.reject(undefined)
    expect(await rig.call()).toBeUndefined()
    expect(rig.events).not.toContainEqual(expect.objectContaining({ outcome: 'success' }))
  })

  // A throw ends an attempt like a rejection does.
  test('may throw before it promises, and leaves nothing behind', async () => {
    const rig = setUpPipeline()
    const { signal, listeners } = createLeaving()
    rig.host = () => {
      throw new TypeError('a bug')
    }
    expect(await rig.call({ signal })).toBeInstanceOf(TypeError)
    expect(listeners()).toBe(0)
    expectNothingLeft(rig)
  })

  test('may settle after its time: nobody hears of it, and nothing is counted twice', async () => {
    const rig = setUpPipeline({ figures: once })
    const late = Promise.withResolvers<void>()
    rig.host = () => late.promise
    expect(await rig.run(8000)).toBe('host_timed_out')
    late.reject(new ImagesError('host_unavailable', 'Late.'))
    await settle()
    expect(readCircuit(rig)).toMatchObject({ calls: 1, failures: 1 })
    expectNothingLeft(rig)
  })
})

describe('a pause that Cloudflare asks for', () => {
  test('of a week is not slept, and lengthens the circuit’s pause', async () => {
    const rig = setUpPipeline({ figures: { breaker: { consecutiveFailures: 1 } } })
    rig.host = failWith('host_unavailable', { retryAfterMs: WEEK })
    expect(await rig.call()).toBe('host_unavailable')
    expect([rig.sent.length, readCircuit(rig)?.retryAfterMs]).toEqual([1, WEEK])
    expectNothingLeft(rig)
  })

  test('of a week closes the gate for an hour, as its longest', async () => {
    const rig = setUpPipeline()
    rig.host = failWith('rate_limited', { status: 429, retryAfterMs: WEEK })
    expect(await rig.call()).toBe('rate_limited')
    expect(rig.status().gates[0]).toEqual({ gate: 'api', closedMs: 3_600_000 })
  })

  test.each([0, -1, -WEEK])(
    'of %d ms never shortens what we would have waited',
    async (retryAfterMs) => {
      const rig = setUpPipeline({ figures: { ...once, breaker: { consecutiveFailures: 1 } } })
      rig.host = failWith('host_unavailable', { retryAfterMs })
      await rig.call()
      expect(readCircuit(rig)?.retryAfterMs).toBe(30_000)
    },
  )

  // It is none of the pauses that `parseRetryAfter` lets through; another `readReply` may make it.
  test.each([0, -1, -WEEK, Number.NaN])(
    'of %d ms is as good as none: the next attempt keeps its distance',
    async (retryAfterMs) => {
      const rig = setUpPipeline({ random: () => 0 })
      rig.host = failWith('host_unavailable', { retryAfterMs })
      void rig.call()
      await rig.time.advance(499)
      expect(rig.sent).toHaveLength(1)
      await rig.time.advance(1)
      expect(rig.sent).toHaveLength(2)
    },
  )

  // Not a number is neither before nor after now, so it must not become a time.
  test('that is not a number keeps no circuit open for ever', async () => {
    const rig = setUpPipeline({ figures: { ...once, breaker: { consecutiveFailures: 1 } } })
    rig.host = failWith('host_unavailable', { retryAfterMs: Number.NaN })
    await rig.call()
    rig.host = answering
    await rig.time.advance(400_000)
    expect(await rig.call()).toBe('done')
  })

  // It must not take the place of the pause that a reply before it asked for.
  test('that is not a number opens no gate that is closed', async () => {
    const rig = setUpPipeline({ figures: once })
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    rig.host = () => (rig.sent.length === 1 ? first.promise : second.promise)
    const calls = [rig.call(), rig.call()]
    first.reject(new ImagesError('rate_limited', 'A test.', { status: 429, retryAfterMs: 60_000 }))
    second.reject(
      new ImagesError('rate_limited', 'A test.', { status: 429, retryAfterMs: Number.NaN }),
    )
    await Promise.all(calls)
    expect(rig.status().gates[0]?.closedMs).toBe(60_000)
  })
})

describe('a clock', () => {
  test.each([-3_600_000, -1, 3_600_000])(
    'that jumps by %d ms while a call is under way harms nothing',
    async (ms) => {
      const rig = setUpPipeline({ figures: once })
      const reply = Promise.withResolvers<void>()
      rig.host = () => reply.promise
      rig.skewMs = 10_000_000
      const ended = rig.call()
      await settle()
      rig.skewMs += ms
      reply.resolve()
      expect(await ended).toBe('done')
      expect(readCircuit(rig)).toMatchObject({ status: 'closed', calls: 1 })
      rig.host = answering
      expect(await rig.call()).toBe('done')
      expectNothingLeft(rig)
    },
  )

  test('that jumps an hour on while the circuit is open ends the pause, and one probe goes', async () => {
    const rig = setUpPipeline({ figures: once })
    await openCircuit(rig)
    rig.skewMs = 3_600_000
    rig.host = hang
    const calls = Array.from({ length: 20 }, () => rig.call())
    await rig.time.advance(8000)
    const ends = await Promise.all(calls)
    expect(ends.filter((end) => end === 'circuit_open')).toHaveLength(19)
    expect(rig.sent).toHaveLength(6)
  })

  test('may count from anywhere: time before zero closes no gate', async () => {
    const rig = setUpPipeline()
    rig.skewMs = -1000
    expect(await rig.call({ repeat: 'never' })).toBe('done')
  })
})

describe('dice', () => {
  test.each([
    [0, [500, 500, 500], 24_000],
    [0.999999, [1500, 4500, 8000], 36_000],
  ])('that always show %d keep every pause within its bounds', async (dice, delays, openMs) => {
    const rig = setUpPipeline({ random: () => dice })
    rig.host = failing
    await rig.run(20_000)
    const told = rig.events.flatMap((event) =>
      event.type === 'retried' ? [Math.round(event.delayMs)] : [],
    )
    expect(told).toEqual(delays)
    await rig.run(20_000)
    const opened = rig.events.find((event) => event.type === 'circuit-changed')
    expect(opened?.type === 'circuit-changed' && Math.round(opened.openMs ?? 0)).toBe(openMs)
  })
})
