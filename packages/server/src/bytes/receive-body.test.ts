import { describe, expect, test } from 'vitest'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import { receiveBody } from './receive-body.ts'
import type { ReceiveOptions } from './receive-body.ts'

/** A body into which the test writes by hand. */
function setUp(options: Partial<ReceiveOptions> = {}) {
  const time = createVirtualTime()
  const given: { reason?: unknown } = {}
  const asked = { times: 0 }
  let sender: ReadableStreamDefaultController<Uint8Array> | undefined
  const source = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        sender = controller
      },
      pull() {
        asked.times += 1
      },
      cancel(reason) {
        given.reason = reason
      },
    },
    { highWaterMark: 0 },
  )
  const { schedule } = time
  const reader = receiveBody(source, {
    sizeBytes: 6,
    idleMs: 1000,
    withinMs: 10_000_000,
    schedule,
    ...options,
  }).getReader()
  const send = (text: string) => sender?.enqueue(new TextEncoder().encode(text))
  const read = async () => new TextDecoder().decode((await reader.read()).value)
  return { time, given, asked, reader, send, read, sender: () => sender }
}

describe('a body that comes as announced', () => {
  test('is passed on to its end', async () => {
    const { time, reader, send, read, sender, given } = setUp()
    send('one')
    expect(await read()).toBe('one')
    send('two')
    expect(await read()).toBe('two')
    sender()?.close()
    expect(await reader.read()).toEqual({ done: true, value: undefined })
    expect([time.timers(), given]).toEqual([0, {}])
  })

  test('may be empty', async () => {
    const { reader, sender } = setUp({ sizeBytes: 0 })
    sender()?.close()
    expect(await reader.read()).toEqual({ done: true, value: undefined })
  })

  test('may take any time, as long as something comes', async () => {
    const { time, send, read } = setUp()
    for (const letter of 'abcdef') {
      const reading = read()
      await time.advance(999)
      send(letter)
      expect(await reading).toBe(letter)
    }
  })

  test('is read only as it is asked for, and a slow reader is not taken for a silent sender', async () => {
    const { time, asked, send, read } = setUp()
    await settle()
    expect(asked.times).toBe(0)
    const reading = read()
    await settle()
    expect(asked.times).toBe(1)
    send('abc')
    await reading
    await time.advance(1_000_000)
    // The one timer is that of the whole body.
    expect([asked.times, time.timers()]).toEqual([1, 1])
    send('def')
    expect(await read()).toBe('def')
  })
})

describe('a body that does not', () => {
  test('fails if the whole of it takes too long, though something always comes', async () => {
    const { time, given, reader, send, read } = setUp({ withinMs: 2500 })
    for (const letter of 'ab') {
      const reading = read()
      await time.advance(900)
      send(letter)
      expect(await reading).toBe(letter)
    }
    const last = reader.read()
    await Promise.all([
      expect(last).rejects.toMatchObject({ code: 'transfer_timed_out' }),
      time.advance(900),
    ])
    expect([time.timers(), given.reason]).toEqual([0, expect.any(Error)])
  })

  test('fails if nothing comes for too long, and is cancelled', async () => {
    const { time, given, reader, send, read } = setUp()
    send('abc')
    await read()
    const failed = expect(reader.read()).rejects.toMatchObject({ code: 'transfer_timed_out' })
    await time.advance(1000)
    await failed
    expect(given.reason).toMatchObject({ code: 'transfer_timed_out' })
    expect(time.timers()).toBe(0)
  })

  test('fails if its end does not come', async () => {
    const { time, reader, send, read } = setUp()
    send('abcdef')
    await read()
    const failed = expect(reader.read()).rejects.toMatchObject({ code: 'transfer_timed_out' })
    await time.advance(1000)
    await failed
  })

  test('fails if it ends too early', async () => {
    const { time, reader, send, read, sender } = setUp()
    send('abcde')
    await read()
    sender()?.close()
    await expect(reader.read()).rejects.toMatchObject({
      code: 'transfer_interrupted',
      message: 'The body ended after 5 bytes, and 6 were announced.',
    })
    expect(time.timers()).toBe(0)
  })

  test('fails if it breaks off, with the cause', async () => {
    const { reader, sender } = setUp()
    const cause = new Error('aborted')
    sender()?.error(cause)
    await expect(reader.read()).rejects.toMatchObject({ code: 'transfer_interrupted', cause })
  })

  test('fails if it is too long, is cancelled, and what is too much is not passed on', async () => {
    const { given, reader, send, read } = setUp()
    send('abcdef')
    await read()
    send('g')
    const error = { code: 'invalid_request', field: 'content-length', stage: 'transfer' }
    await expect(reader.read()).rejects.toMatchObject(error)
    expect(given.reason).toMatchObject(error)
  })
})

describe('a reader or a caller who leaves', () => {
  test('cancels the body with the reason of the signal, though nobody is reading', async () => {
    const leaving = new AbortController()
    const { given, reader } = setUp({ signal: leaving.signal })
    leaving.abort('gone')
    await settle()
    expect(given.reason).toBe('gone')
    await expect(reader.read()).rejects.toBe('gone')
  })

  test('ends a read that waits', async () => {
    const leaving = new AbortController()
    const { time, given, reader } = setUp({ signal: leaving.signal })
    const failed = expect(reader.read()).rejects.toBe('gone')
    await settle()
    leaving.abort('gone')
    await failed
    expect([given.reason, time.timers()]).toEqual(['gone', 0])
  })

  test('cancels the body if it had left before', async () => {
    const { given, reader } = setUp({ signal: AbortSignal.abort('gone') })
    await expect(reader.read()).rejects.toBe('gone')
    expect(given.reason).toBe('gone')
  })

  test('leaves no timer behind when the stream is cancelled', async () => {
    const { time, given, reader } = setUp()
    const reading = reader.read()
    await settle()
    await reader.cancel('enough')
    await reading
    await settle()
    expect([given.reason, time.timers()]).toEqual(['enough', 0])
  })
})

test('sizes and times that make no sense are refused', () => {
  expect(() => setUp({ sizeBytes: -1 })).toThrow(RangeError)
  expect(() => setUp({ idleMs: 0 })).toThrow(RangeError)
})
