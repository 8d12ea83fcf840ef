import { ImagesError } from '@lightfast/core'
import { expect, test } from 'vitest'
import type { Call, Send } from './layer.ts'
import { defaultRetryConfig } from './retry-delay.ts'
import { retry } from './retry.ts'
import type { RetryEvent } from './retry.ts'

const makeCall = (signal = new AbortController().signal): Call => ({
  operation: 'images.get',
  circuit: 'read',
  repeat: 'safe',
  deadlineAt: 20_000,
  signal,
  makeRequest: () => new Request('https://api.example'),
})

/** Sleeps pass at once and move the clock. */
function setUp(next: Send) {
  const events: RetryEvent[] = []
  const slept: number[] = []
  const layer = retry({
    config: defaultRetryConfig,
    surroundings: {
      now: () => slept.reduce((sum, ms) => sum + ms, 0),
      random: () => 0.5,
      sleep: async (ms, signal) => {
        signal.throwIfAborted()
        slept.push(ms)
      },
    },
    onRetry: (event) => events.push(event),
  })
  return { send: layer(next), events, slept }
}

const failing = (count: number, error: () => unknown): Send => {
  let calls = 0
  return () => {
    calls += 1
    return calls <= count
      ? Promise.reject(error())
      : Promise.resolve({ status: 200, result: calls })
  }
}
const unavailable = () => new ImagesError('host_unavailable', 'Down.')

test('tries again until it succeeds, and tells of each retry with its delay and reason', async () => {
  const { send, events } = setUp(failing(2, unavailable))
  expect(await send(makeCall())).toMatchObject({ result: 3 })
  expect(events).toEqual([
    {
      type: 'retried',
      operation: 'images.get',
      attempt: 1,
      delayMs: 1000,
      reason: 'host_unavailable',
    },
    {
      type: 'retried',
      operation: 'images.get',
      attempt: 2,
      delayMs: 1750,
      reason: 'host_unavailable',
    },
  ])
})

test('gives up after four attempts with the last error', async () => {
  const { send, slept } = setUp(failing(9, unavailable))
  await expect(send(makeCall())).rejects.toMatchObject({ code: 'host_unavailable' })
  expect(slept).toHaveLength(3)
})

test('never repeats a bug', async () => {
  const { send, events } = setUp(failing(1, () => new TypeError('undefined is not a function')))
  await expect(send(makeCall())).rejects.toThrow(TypeError)
  expect(events).toEqual([])
})

test('an abort while it sleeps settles the call at once', async () => {
  const leaving = new AbortController()
  const { send } = setUp(() => {
    leaving.abort(new Error('left'))
    return Promise.reject(unavailable())
  })
  await expect(send(makeCall(leaving.signal))).rejects.toThrow('left')
})
