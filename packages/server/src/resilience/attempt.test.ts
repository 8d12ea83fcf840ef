import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { attempt } from './attempt.ts'
import type { Reply, Send, SendAttempt } from './layer.ts'

let time: VirtualTime

beforeEach(() => {
  time = createVirtualTime()
})

const send =
  (next: SendAttempt): Send =>
  async (call) =>
    attempt(next, { guards: [], attemptMs: 8000, surroundings: time })(call)
const readReply = async () => ({ result: 'well' })
const answering: SendAttempt = (one) => one.readReply(new Response())
const failing: SendAttempt = () => Promise.reject(new Error('as it is'))
const never: SendAttempt = () => new Promise(() => undefined)
const mustNotBeCalled: SendAttempt = () => Promise.reject(new Error('must not be called'))

/** Ends only when it is aborted. */
const untilAborted: SendAttempt = ({ signal }) =>
  new Promise((_, reject) => signal().addEventListener('abort', () => reject(signal().reason)))

async function endOf(call: Promise<Reply>, afterMs: number): Promise<unknown> {
  const end = call.catch((error: unknown) => error)
  await time.advance(afterMs)
  return Promise.race([end, settle().then(() => 'still waiting')])
}

describe('an attempt', () => {
  test('that answers in time passes as it is, and leaves no timer', async () => {
    expect(await send(answering)(makeCall({ readReply }))).toEqual({ result: 'well' })
    expect(time.timers()).toBe(0)
  })

  test('that fails in time fails as it is, and leaves no timer', async () => {
    await expect(send(failing)(makeCall())).rejects.toThrow('as it is')
    expect(time.timers()).toBe(0)
  })

  test('ends when its time is over, even if what it was doing does not', async () => {
    expect(await endOf(send(never)(makeCall()), 7999)).toBe('still waiting')
    expect(await endOf(send(never)(makeCall()), 8000)).toMatchObject({ code: 'host_timed_out' })
  })

  test('has more time if its body is large', async () => {
    const call = makeCall({ bodyMs: 500 })
    expect(await endOf(send(never)(call), 8499)).toBe('still waiting')
    expect(await endOf(send(never)(makeCall({ bodyMs: 500 })), 8500)).toMatchObject({
      code: 'host_timed_out',
    })
  })

  test('ends with the nearer deadline of its call', async () => {
    const end = await endOf(send(never)(makeCall({ deadlineAt: 300 })), 300)
    expect(end).toMatchObject({
      code: 'host_timed_out',
      message: expect.stringContaining('300 ms'),
    })
  })

  test('is not sent once the deadline has passed', async () => {
    const end = send(mustNotBeCalled)(makeCall({ deadlineAt: 0 }))
    await expect(end).rejects.toMatchObject({ code: 'host_timed_out' })
  })

  test('has what it was doing aborted when its time is over', async () => {
    let reason: unknown
    const next: SendAttempt = (one) => {
      one.signal().addEventListener('abort', () => void (reason = one.signal().reason))
      return never(one)
    }
    await endOf(send(next)(makeCall()), 8000)
    expect(reason).toMatchObject({ code: 'host_timed_out' })
  })

  test('makes no signal of its own if nobody asks for one', async () => {
    const controllers = vi.spyOn(globalThis, 'AbortController')
    await endOf(send(never)(makeCall()), 8000)
    expect(controllers).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })
})

describe('a caller who leaves', () => {
  test('before anything is sent: nothing is', async () => {
    const signal = AbortSignal.abort(new Error('left'))
    await expect(send(mustNotBeCalled)(makeCall({ signal }))).rejects.toThrow('left')
  })

  test.each([
    ['listens to its signal', untilAborted],
    ['does not', never],
  ])('ends an attempt that %s, at once', async (_, next) => {
    const leaving = new AbortController()
    const end = send(next)(makeCall({ signal: leaving.signal })).catch(String)
    leaving.abort(new Error('left'))
    expect(await end).toBe('Error: left')
    expect(time.timers()).toBe(0)
  })

  test('is not listened to any longer than the attempt lasts', async () => {
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    await send(mustNotBeCalled)(makeCall({ signal })).catch(() => undefined)
    expect(remove.mock.calls[0]?.[1]).toBe(add.mock.calls[0]?.[1])
    expect(add).toHaveBeenCalledTimes(1)
  })
})
