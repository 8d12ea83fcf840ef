import { ImagesError } from '@lightfast/core'
import type { FailureCode, ImagesErrorDetails } from '@lightfast/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { ClientEvent } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { createBudget } from './budget.ts'
import type { Budget } from './budget.ts'
import type { Call, Reply } from './layer.ts'
import { defaultRetryConfig } from './retry-delay.ts'
import { retry } from './retry.ts'

let time: VirtualTime
let budget: Budget
let events: ClientEvent[]
let sent: number[]

beforeEach(() => {
  time = createVirtualTime()
  budget = createBudget({ tokens: 500, cost: 14, throttledCost: 5 })
  events = []
  sent = []
})

const readReply = async (response: Response) => ({ result: await response.text() })

/** Answers with each of these in turn, and then for ever with the last. */
function createSend(
  ...answers: readonly (string | ImagesError)[]
): (given?: Partial<Call>) => Promise<Reply> {
  const bus = createEventBus(() => undefined)
  bus.on('retried', (event) => events.push(event))
  bus.on('retry-forgone', (event) => events.push(event))
  const layer = retry({
    config: defaultRetryConfig,
    budget,
    prices: { cost: 14, throttledCost: 5 },
    surroundings: { ...time, random: () => 0.5 },
    bus,
  })
  const send = layer((call) => {
    call.tally.sent += 1
    sent.push(call.tally.sent)
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    return answer instanceof ImagesError
      ? Promise.reject(answer)
      : call.readReply(new Response(answer))
  })
  return (call) => send(makeCall({ readReply, ...call }))
}

const failing = (code: FailureCode = 'host_unavailable', details: ImagesErrorDetails = {}) =>
  new ImagesError(code, 'A test.', details)

/** Lets the call run its course, and says how it ended. */
async function run(call: Promise<Reply>): Promise<Reply | ImagesError> {
  const ended = call.catch((error: ImagesError) => error)
  await time.advance(60_000)
  return ended
}

describe('a safe call', () => {
  test('is sent until it succeeds', async () => {
    const reply = await run(createSend(failing(), failing(), 'ok')())
    expect(reply).toEqual({ result: 'ok' })
    expect(sent).toEqual([1, 2, 3])
  })

  test('that was tried elsewhere before is tried so much less', async () => {
    const ended = await run(createSend(failing())({ tally: { sent: 2, at: 0 } }))
    expect(ended).toMatchObject({ attempts: 4 })
    expect(sent).toEqual([3, 4])
  })

  test('fails with the last failure, which knows the number of attempts', async () => {
    const ended = await run(createSend(failing())())
    expect(ended).toMatchObject({ code: 'host_unavailable', attempts: 4 })
  })

  test('tells each retry with its attempt, delay and reason', async () => {
    await run(createSend(failing(), failing('host_timed_out'), 'ok')())
    const told = { type: 'retried', operation: 'images.get', circuit: 'read' }
    expect(events).toEqual([
      { ...told, attempt: 1, delayMs: 1000, reason: 'host_unavailable' },
      { ...told, attempt: 2, delayMs: 1750, reason: 'host_timed_out' },
    ])
  })

  test('does not grow its next delay from a pause that Cloudflare asked for', async () => {
    const throttled = failing('rate_limited', { retryAfterMs: 6000 })
    await run(createSend(throttled, failing(), 'ok')())
    expect(events).toMatchObject([{ delayMs: 6250 }, { delayMs: 1000 }])
  })

  test('that is refused after a failure tells what that failure was', async () => {
    const first = failing()
    const ended = await run(createSend(first, failing('circuit_open'))())
    expect(ended).toMatchObject({ code: 'circuit_open', cause: first })
  })

  test('keeps the cause that a refusal has', async () => {
    const cause = new Error('why')
    const refused = await run(createSend(failing(), failing('circuit_open', { cause }))())
    expect(refused).toMatchObject({ code: 'circuit_open', cause })
  })

  test('gives no cause to what the host itself answered', async () => {
    const answered = await run(createSend(failing(), failing('not_found', { status: 404 }))())
    expect(answered).toMatchObject({ code: 'not_found', attempts: 2 })
    expect(answered).not.toHaveProperty('cause')
  })

  test('waits for no attempt that would begin at its very deadline', async () => {
    const ended = await run(createSend(failing())({ deadlineAt: 1000 }))
    expect(ended).toMatchObject({ attempts: 1 })
    expect(events).toMatchObject([{ type: 'retry-forgone', because: 'deadline', attempt: 1 }])
  })
})

describe('the deadline', () => {
  test('is never slept past', async () => {
    const ended = await run(createSend(failing())({ deadlineAt: 900 }))
    expect(ended).toMatchObject({ attempts: 1 })
    expect(events).toMatchObject([{ type: 'retry-forgone', because: 'deadline' }])
    expect(budget.left()).toBe(500)
  })

  test('forgoes a pause of a week that Cloudflare asked for, at once', async () => {
    const throttled = failing('rate_limited', { retryAfterMs: 604_800_000 })
    const call = createSend(throttled)()
    await expect(call).rejects.toMatchObject({ code: 'rate_limited', attempts: 1 })
    expect(time.timers()).toBe(0)
  })
})

describe('the budget', () => {
  test('pays for each retry, and stops them when it is spent', async () => {
    budget.spend(480)
    const ended = await run(createSend(failing())())
    expect(ended).toMatchObject({ attempts: 2 })
    expect(events).toMatchObject([
      { type: 'retried' },
      { type: 'retry-forgone', because: 'budget' },
    ])
    expect(budget.left()).toBe(6)
  })

  test('charges less for a throttled call', async () => {
    budget.spend(100)
    await run(createSend(failing('rate_limited'), failing('not_found'))())
    expect(budget.left()).toBe(395)
  })

  test('gets back the price of a retry that succeeded, and one token for a call that needed none', async () => {
    budget.spend(100)
    await run(createSend(failing(), 'ok')())
    expect(budget.left()).toBe(400)
    await run(createSend('ok')())
    expect(budget.left()).toBe(401)
  })
})

const unsafe = (readBack?: Call['readBack']): Partial<Call> => ({
  repeat: 'unsafe',
  ...(readBack && { readBack }),
})

describe('a call that is not safe to repeat', () => {
  test('is not sent again when nobody knows what became of it', async () => {
    expect(await run(createSend(failing('host_timed_out'))(unsafe()))).toMatchObject({
      attempts: 1,
    })
  })

  test('is sent again if it was throttled', async () => {
    const reply = await run(createSend(failing('rate_limited'), 'ok')(unsafe()))
    expect(reply).toMatchObject({ result: 'ok' })
  })

  test('is looked for first, and not sent again if it is there', async () => {
    const reply = await run(createSend(failing())(unsafe(async () => ({ result: 'found' }))))
    expect(reply).toEqual({ result: 'found' })
    expect(sent).toEqual([1])
  })

  test('is sent again if it is not there', async () => {
    const reply = await run(createSend(failing(), 'ok')(unsafe(async () => undefined)))
    expect(reply).toMatchObject({ result: 'ok' })
  })

  test('is looked for a last time after its last attempt', async () => {
    const looks = [undefined, { result: 'found late' }]
    const reply = await run(createSend(failing())(unsafe(async () => looks.shift())))
    expect(reply).toEqual({ result: 'found late' })
    expect(sent).toEqual([1, 2])
  })

  test('fails with its own failure if Cloudflare can not say what became of it', async () => {
    const readBack = () => Promise.reject(failing('host_unreachable'))
    const ended = await run(createSend(failing('host_timed_out'))(unsafe(readBack)))
    expect(ended).toMatchObject({ code: 'host_timed_out', attempts: 1 })
    expect(sent).toEqual([1])
  })

  test('ends with the caller’s reason if the caller leaves while it is being looked for', async () => {
    const leaving = new AbortController()
    const readBack = async () => {
      leaving.abort(new Error('left'))
      throw new Error('aborted')
    }
    const call = { ...unsafe(readBack), signal: leaving.signal }
    expect(await run(createSend(failing())(call))).toEqual(new Error('left'))
  })
})

describe('what is never repeated', () => {
  test('a bug', async () => {
    const bug = new TypeError('x is undefined')
    const send = retry({
      config: defaultRetryConfig,
      budget,
      prices: { cost: 14, throttledCost: 5 },
      surroundings: { ...time, random: () => 0.5 },
      bus: createEventBus(() => undefined),
    })(() => Promise.reject(bug))
    await expect(send(makeCall())).rejects.toBe(bug)
  })

  test('a call whose caller leaves while it waits: it ends at once', async () => {
    const leaving = new AbortController()
    const call = createSend(failing())({ signal: leaving.signal })
    const ended = call.catch((error: unknown) => error)
    await time.advance(10)
    leaving.abort(new Error('left'))
    expect(await ended).toEqual(new Error('left'))
    expect(time.timers()).toBe(0)
  })
})
