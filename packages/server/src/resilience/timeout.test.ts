import { expect, test, vi } from 'vitest'
import type { Call, Reply } from './layer.ts'
import { timeout } from './timeout.ts'

const makeCall = (changes: Partial<Call> = {}): Call => ({
  operation: 'images.get',
  circuit: 'read',
  repeat: 'safe',
  deadlineAt: 20_000,
  signal: new AbortController().signal,
  makeRequest: () => new Request('https://api.example'),
  ...changes,
})

/** A clock that stands at zero; what sleeps is woken by hand. */
function setUp() {
  const sleeping: { ms: number; wake: () => void }[] = []
  const layer = timeout({
    attemptMs: 8000,
    surroundings: {
      now: () => 0,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          sleeping.push({ ms, wake: resolve })
          signal.addEventListener('abort', () => reject(new Error('woken')))
        }),
    },
  })
  return { layer, sleeping }
}

test('ends an attempt that takes too long, and aborts what it was doing', async () => {
  const { layer, sleeping } = setUp()
  let inner: AbortSignal | undefined
  const sent = layer((call) => {
    inner = call.signal
    return new Promise<Reply>(() => {})
  })(makeCall())
  sleeping[0]?.wake()
  await expect(sent).rejects.toMatchObject({ code: 'host_timed_out' })
  expect(inner?.aborted).toBe(true)
})

test('a nearer deadline wins', async () => {
  const { layer, sleeping } = setUp()
  await layer(async () => ({ status: 200, result: 1 }))(makeCall({ deadlineAt: 300 }))
  expect(sleeping.map(({ ms }) => ms)).toEqual([300])
})

test('does not send when the deadline has passed', async () => {
  const { layer } = setUp()
  const sent = layer(() => Promise.reject(new Error('must not be called')))(
    makeCall({ deadlineAt: 0 }),
  )
  await expect(sent).rejects.toMatchObject({ code: 'host_timed_out' })
})

test('keeps no listener on the caller’s signal afterwards', async () => {
  const { layer } = setUp()
  const { signal } = new AbortController()
  const remove = vi.spyOn(signal, 'removeEventListener')
  const add = vi.spyOn(signal, 'addEventListener')
  await layer(async () => ({ status: 200, result: 1 }))(makeCall({ signal }))
  expect(add.mock.calls.map(([, listener]) => listener)).toEqual(
    remove.mock.calls.map(([, listener]) => listener),
  )
  expect(remove).toHaveBeenCalledTimes(1)
})

test('sends nothing for a caller who has left already', async () => {
  const { layer } = setUp()
  const send = layer(() => Promise.reject(new Error('must not be called')))
  const sent = send(makeCall({ signal: AbortSignal.abort(new Error('left')) }))
  await expect(sent).rejects.toThrow('left')
})

test('follows the caller’s abort', async () => {
  const { layer } = setUp()
  const leaving = new AbortController()
  const send = layer(
    (call) =>
      new Promise((_, reject) =>
        call.signal.addEventListener('abort', () => reject(call.signal.reason)),
      ),
  )
  const sent = send(makeCall({ signal: leaving.signal }))
  leaving.abort(new Error('left'))
  await expect(sent).rejects.toThrow('left')
})
