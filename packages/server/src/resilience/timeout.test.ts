import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { Reply, Send } from './layer.ts'
import { timeout } from './timeout.ts'

let time: VirtualTime

beforeEach(() => {
  time = createVirtualTime()
})

const send = (next: Send): Send => timeout({ attemptMs: 8000, surroundings: time })(next)
const never: Send = () => new Promise(() => undefined)
const mustNotBeCalled: Send = () => Promise.reject(new Error('must not be called'))

/** Ends only when it is aborted. */
const untilAborted: Send = (call) =>
  new Promise((_, reject) =>
    call.signal?.addEventListener('abort', () => reject(call.signal?.reason)),
  )

async function endOf(call: Promise<Reply>, afterMs: number): Promise<unknown> {
  const end = call.catch((error: unknown) => error)
  await time.advance(afterMs)
  return Promise.race([end, settle().then(() => 'still waiting')])
}

describe('an attempt', () => {
  test('that answers in time passes, and leaves no timer', async () => {
    const reply = await send(async () => Promise.reject(new Error('as it is')))(makeCall()).catch(
      String,
    )
    expect(reply).toBe('Error: as it is')
    expect(time.timers()).toBe(0)
  })

  test('ends when its time is over, even if what it was doing does not', async () => {
    expect(await endOf(send(never)(makeCall()), 7999)).toBe('still waiting')
    expect(await endOf(send(never)(makeCall()), 8000)).toMatchObject({ code: 'host_timed_out' })
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
    const next: Send = (call) => {
      call.signal?.addEventListener('abort', () => (reason = call.signal?.reason))
      return never(call)
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
