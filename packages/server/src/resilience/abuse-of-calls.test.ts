/** Too many calls, too many retries, and calls that must not be sent twice, over the whole composition. */
import { describe, expect, test, vi } from 'vitest'
import { failWith, hang, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { settle } from '../test-support/virtual-time.ts'
import type { Call, Reply } from './layer.ts'

const answering = async () => undefined
const failing = failWith('host_unavailable', { status: 503 })
const lost = failWith('host_timed_out')

const readCircuit = (rig: Rig) => rig.status().circuits[0]

const found: Reply = { result: 'found' }
const unsafe = (readBack: Call['readBack']): Partial<Call> => ({
  repeat: 'unsafe',
  ...(readBack && { readBack }),
})

describe('ten thousand calls at once', () => {
  test('64 go, 256 wait, the rest is refused at once; and all that wait are served', async () => {
    const rig = setUpPipeline()
    const answer = Promise.withResolvers<void>()
    rig.host = () => answer.promise
    const ends: unknown[] = []
    const calls = Array.from({ length: 10_000 }, () => rig.call().then((end) => ends.push(end)))
    await settle()
    expect(rig.sent).toHaveLength(64)
    expect(readCircuit(rig)).toMatchObject({ active: 64, waiting: 256 })
    expect(ends).toHaveLength(10_000 - 320)
    expect(new Set(ends)).toEqual(new Set(['client_busy']))
    answer.resolve()
    await Promise.all(calls)
    expect(rig.sent).toHaveLength(320)
    expect(ends.filter((end) => end === 'done')).toHaveLength(320)
    expect(readCircuit(rig)).toMatchObject({ active: 0, waiting: 0 })
    expect(rig.time.timers()).toBe(0)
  })

  test('never has more than 64 under way, while each retry stands in line again', async () => {
    const rig = setUpPipeline()
    let [active, most] = [0, 0]
    rig.host = async () => {
      active += 1
      most = Math.max(most, active)
      await settle()
      active -= 1
      if (rig.sent.length % 3 === 0)
        await failWith('rate_limited', { status: 429, retryAfterMs: 1 })(
          rig.sent[0] ?? expect.fail(),
        )
    }
    const calls = Array.from({ length: 10_000 }, () => rig.call())
    for (let second = 0; second < 60; second += 1) await rig.time.advance(1000)
    await Promise.all(calls)
    expect(most).toBe(64)
    expect([active, rig.time.timers()]).toEqual([0, 0])
    expect(readCircuit(rig)).toMatchObject({ active: 0, waiting: 0 })
  })

  test('on a host that is down: a few dozen are sent, and the rest is refused', async () => {
    const rig = setUpPipeline()
    rig.host = failing
    const calls = Array.from({ length: 10_000 }, () => rig.call())
    await rig.time.advance(20_000)
    const ends = await Promise.all(calls)
    expect(rig.sent.length).toBeLessThanOrEqual(64)
    expect(new Set(ends)).toEqual(new Set(['host_unavailable', 'circuit_open', 'client_busy']))
    expect(rig.time.timers()).toBe(0)
  })

  // The circuit is asked before the line is.
  test('an open circuit refuses at once, though every place is taken by what hangs', async () => {
    const rig = setUpPipeline({ figures: { attemptMs: 100_000, bulkhead: { concurrency: 8 } } })
    rig.host = (attempt) => (rig.sent.length <= 7 ? hang(attempt) : failing(attempt))
    const patient = { deadlineAt: 1_000_000, repeat: 'never' } as const
    for (let count = 0; count < 12; count += 1) void rig.call(patient)
    await rig.time.advance(30_000)
    rig.host = hang
    void rig.call(patient)
    expect(readCircuit(rig)).toMatchObject({ status: 'probing', active: 8 })
    let ended: unknown
    void rig.call().then((end) => (ended = end))
    await settle()
    expect(ended).toBe('circuit_open')
  })
})

describe('an unsafe call whose answer was lost', () => {
  test('is never sent again if nobody can tell what became of it', async () => {
    for (const host of [
      failing,
      lost,
      failWith('host_unreachable'),
      failWith('host_reply_invalid'),
    ]) {
      const rig = setUpPipeline()
      rig.host = host
      await rig.run(20_000, { repeat: 'unsafe' })
      expect(rig.sent).toHaveLength(1)
      expect(rig.time.timers()).toBe(0)
    }
  })

  test('is not sent again if it was carried out: what is there is the answer', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    expect(
      await rig.run(
        20_000,
        unsafe(async () => found),
      ),
    ).toBe('found')
    expect(rig.sent).toHaveLength(1)
  })

  test('is sent again if it was not, once and no more, and looked for once more after that', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    let looks = 0
    const ended = await rig.run(
      20_000,
      unsafe(async () => {
        looks += 1
        return undefined
      }),
    )
    expect([ended, rig.sent.length, looks]).toEqual(['host_timed_out', 2, 2])
  })

  test('is found after its second try, though the first was not carried out', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    const ended = rig.run(
      20_000,
      unsafe(async () => (rig.sent.length === 2 ? found : undefined)),
    )
    expect([await ended, rig.sent.length]).toEqual(['found', 2])
    expect(rig.events.at(-1)).toMatchObject({ type: 'called', outcome: 'succeeded', attempts: 2 })
  })

  test.each([
    ['rejects', () => Promise.reject(new TypeError('a bug'))],
    [
      'throws',
      () => {
        throw new TypeError('a bug')
      },
    ],
  ])('is not sent again if looking for it %s, and fails as it first did', async (_, readBack) => {
    const rig = setUpPipeline()
    rig.host = lost
    const { signal } = new AbortController()
    const remove = vi.spyOn(signal, 'removeEventListener')
    const add = vi.spyOn(signal, 'addEventListener')
    const ended = rig.call({ ...unsafe(readBack), signal })
    await rig.time.advance(5000)
    expect(await ended).toBe('host_timed_out')
    expect(rig.sent).toHaveLength(1)
    expect(rig.time.timers()).toBe(0)
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length)
  })

  test('is not sent again if looking for it, by a call of its own, hangs until the deadline', async () => {
    const rig = setUpPipeline()
    rig.host = (attempt) => (attempt.operation === 'images.find' ? hang(attempt) : lost(attempt))
    const readBack = async (): Promise<Reply> => ({
      result: await rig.call({ operation: 'images.find', deadlineAt: 20_000 }),
    })
    const asked = rig.run(20_000, {
      ...unsafe(() =>
        readBack().then(({ result }) =>
          result === 'done' ? found : Promise.reject(new Error('no')),
        ),
      ),
      operation: 'images.upload',
    })
    expect(await asked).toBe('host_timed_out')
    expect(rig.sent.filter(({ operation }) => operation === 'images.upload')).toHaveLength(1)
    expect(rig.time.timers()).toBe(0)
  })

  // Whoever wrote `readBack` need not keep the deadline: the layer does.
  test('settles by its deadline, and at once when the caller leaves, though looking for it hangs', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    const leaving = new AbortController()
    let ended: unknown
    const signal = leaving.signal
    void rig
      .call({ ...unsafe(() => new Promise(() => undefined)), signal })
      .then((end) => (ended = end))
    await rig.time.advance(10_000)
    leaving.abort('left')
    await rig.time.advance(10_000)
    expect(ended).toBe('left')
  })

  test('ends with the reason of a caller who leaves while it is looked for', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    const leaving = new AbortController()
    const { signal } = leaving
    const readBack = () =>
      new Promise<undefined>((_, reject) => {
        signal.addEventListener('abort', () => reject(new TypeError('of another make')), {
          once: true,
        })
      })
    const ended = rig.call({ ...unsafe(readBack), signal })
    await rig.time.advance(10_000)
    leaving.abort('left')
    expect(await ended).toBe('left')
  })

  test('is not looked for after the caller has left', async () => {
    const rig = setUpPipeline()
    rig.host = lost
    let looks = 0
    const leaving = new AbortController()
    const readBack = async () => {
      looks += 1
      return found
    }
    const ended = rig.call({ ...unsafe(readBack), signal: leaving.signal })
    await settle()
    leaving.abort('left')
    expect([await ended, looks]).toEqual(['left', 0])
  })

  test('is sent again without a look if it was throttled, for then it was not carried out', async () => {
    const rig = setUpPipeline()
    rig.host = (attempt) =>
      rig.sent.length === 1
        ? failWith('rate_limited', { status: 429, retryAfterMs: 1000 })(attempt)
        : answering()
    const mustNotLook = unsafe(() => expect.fail('looked'))
    expect(await rig.run(20_000, mustNotLook)).toBe('done')
    expect(rig.sent).toHaveLength(2)
  })
})

describe('an empty budget', () => {
  test('ends retries, not calls; and what succeeds fills it again', async () => {
    const rig = setUpPipeline({
      figures: { budget: { tokens: 28 }, breaker: { consecutiveFailures: 1000 } },
    })
    rig.host = failing
    expect(await rig.run(20_000)).toBe('host_unavailable')
    expect(rig.sent).toHaveLength(3)
    expect(await rig.call()).toBe('host_unavailable')
    expect(rig.sent).toHaveLength(4)
    expect(rig.status().budget).toEqual({ tokens: 0, of: 28 })
    rig.host = answering
    for (let count = 0; count < 14; count += 1) expect(await rig.call()).toBe('done')
    rig.host = failing
    const before = rig.sent.length
    await rig.run(20_000)
    expect(rig.sent).toHaveLength(before + 2)
  })

  test('is not filled beyond its brim', async () => {
    const rig = setUpPipeline({ figures: { budget: { tokens: 28 } } })
    for (let count = 0; count < 100; count += 1) await rig.call()
    expect(rig.status().budget.tokens).toBe(28)
  })

  test('bounds what an outage is sent, without any help of a circuit', async () => {
    const rig = setUpPipeline({
      figures: { breaker: { consecutiveFailures: 100_000, minimumCalls: 100_000 } },
    })
    rig.host = failing
    const calls: Promise<unknown>[] = []
    for (let count = 0; count < 300; count += 1) {
      calls.push(rig.call())
      await rig.time.advance(100)
    }
    await rig.time.advance(20_000)
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['host_unavailable']))
    expect(rig.sent).toHaveLength(300 + Math.floor(500 / 14))
  })
})

describe('how often a call was sent', () => {
  // Nothing was sent, so nothing is counted.
  test('leaves out a try that the gate refused', async () => {
    const rig = setUpPipeline({ random: () => 0 })
    rig.host = failWith('rate_limited', { status: 429, retryAfterMs: 1000 })
    await rig.call({ repeat: 'never' })
    rig.host = answering
    expect(await rig.run(20_000)).toBe('done')
    expect(rig.sent).toHaveLength(2)
    expect(rig.events.at(-1)).toMatchObject({ type: 'called', attempts: 1 })
  })

  // Only a signal that has aborted makes an abort.
  test('is told of a bug as well, and a bug is no abort', async () => {
    const rig = setUpPipeline()
    rig.host = () => Promise.reject(new TypeError('a bug'))
    await rig.call()
    expect(rig.events.at(-1)).toMatchObject({ type: 'called', outcome: 'failed', attempts: 1 })
  })

  test('is told of a call whose caller has left', async () => {
    const rig = setUpPipeline()
    rig.host = hang
    const leaving = new AbortController()
    const ended = rig.call({ signal: leaving.signal })
    leaving.abort('left')
    await ended
    expect(rig.events.at(-1)).toMatchObject({ type: 'called', outcome: 'aborted', attempts: 1 })
  })
})

describe('a probe', () => {
  // Its lease is at least as long as an attempt may take.
  test('may take as long as any attempt, and its outcome counts', async () => {
    const rig = setUpPipeline({
      figures: { attemptMs: 60_000, retry: { attempts: 1 }, breaker: { slowMs: 50_000 } },
    })
    rig.host = failing
    for (let count = 0; count < 5; count += 1) await rig.call()
    rig.host = () => new Promise((resolve) => rig.time.schedule(() => resolve(undefined), 40_000))
    for (let second = 0; second < 600; second += 5) {
      void rig.call({ deadlineAt: rig.time.monotonic() + 60_000 })
      await rig.time.advance(5000)
    }
    expect(readCircuit(rig)?.status).toBe('closed')
  })
})
