import { describe, expect, test, vi } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'
import type { TestAccount } from '../test-support/open-account.ts'
import { settle } from './settle.ts'

const once = { attempts: 1, unsafeAttempts: 1, baseMs: 1, capMs: 1 }

const openWith = (fetch: (request: Request) => Promise<Response>): TestAccount =>
  openAccount({ fetch, retry: once })

/** A body that a test can watch. */
function makeBody(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown) {
  const cancelled = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => void (await pull(controller)),
    cancel: cancelled,
  })
  return { body, cancelled }
}

const never = (): Promise<never> => new Promise(() => undefined)

describe('a body', () => {
  test('that has no end is cut off, and cancelled', async () => {
    const { body, cancelled } = makeBody((stream) => stream.enqueue(new Uint8Array(1_000_000)))
    const { client } = openWith(async () => new Response(body))
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_reply_invalid' })
    expect(cancelled).toHaveBeenCalledOnce()
  })

  test('that says that it is too long is not read at all', async () => {
    const { body, cancelled } = makeBody(never)
    const headers = { 'content-length': '4000001' }
    const { client } = openWith(async () => new Response(body, { headers }))
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_reply_invalid' })
    expect(cancelled).toHaveBeenCalledOnce()
  })

  test('that stalls runs into the attempt’s time, and is cancelled', async () => {
    const { body, cancelled } = makeBody(never)
    const { client } = openAccount({
      fetch: async () => new Response(body),
      retry: once,
      attemptMs: 20,
    })
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_timed_out' })
    expect(cancelled).toHaveBeenCalledOnce()
  })

  test('that breaks off is a failure of the way to Cloudflare, with its cause', async () => {
    const cause = new TypeError('terminated')
    const { body } = makeBody((stream) => stream.error(cause))
    const { client } = openWith(async () => new Response(body))
    const error = await client.keys.list().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ImagesError', code: 'host_unreachable', cause })
  })

  test.each([
    ['', 'nothing'],
    ['null', 'characters of text/plain'],
    ['{"success":true,"result":{"keys":', 'no whole answer'],
    ['<html>Sign in to the network</html>', 'Sign in to the network'],
  ])('of %j is no answer', async (body, said) => {
    const { client, sent } = openWith(async () => new Response(body))
    const error = await client.keys.list().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'host_reply_invalid', status: 200 })
    expect(String(error)).toContain(said)
    expect(sent).toHaveLength(1)
  })

  test('that is a picture where an answer should be is none either', async () => {
    const { client } = openWith(
      async () =>
        new Response(new Uint8Array([0xff, 0xd8, 0xff]), {
          headers: { 'content-type': 'image/jpeg' },
        }),
    )
    await expect(client.stats.get()).rejects.toThrow(/3 characters of image\/jpeg/)
  })

  test('whose result has another shape is a failure that names the field, and is tried again', async () => {
    const { client, sent } = openAccount({ fetch: async () => answer({ keys: [{ name: 'a' }] }) })
    await expect(client.keys.list()).rejects.toThrow(/keys\.list.*"keys\.0\.value"/)
    expect(sent).toHaveLength(4)
  })
})

describe('the connection', () => {
  test('that fails keeps its error as the cause, and only there', async () => {
    const cause = new TypeError('fetch failed: https://api.example/0123456789abcdef')
    const { client } = openWith(() => Promise.reject(cause))
    const error = await client.keys.list().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'host_unreachable', cause })
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('example')
  })

  test('is not redirected, so that the token goes nowhere else', async () => {
    const asked: Request[] = []
    const { client } = openWith(async (request) => {
      asked.push(request)
      return Response.redirect('https://elsewhere.example/', 302)
    })
    await expect(client.keys.list()).rejects.toMatchObject({
      code: 'host_reply_invalid',
      status: 302,
    })
    expect(asked.map(({ redirect }) => redirect)).toEqual(['manual'])
  })

  test('with a file is not redirected either: where that can be told, a redirect is an error', async () => {
    const asked: string[] = []
    const { client } = openWith(async ({ redirect }) => {
      asked.push(redirect)
      return answer({ id: 'a' })
    })
    await client.images.upload({ file: makePicture() }, { privacy: 'private' })
    // A Worker cannot tell.
    const isWorker = navigator.userAgent === 'Cloudflare-Workers'
    expect(asked.at(-1)).toBe(isWorker ? 'manual' : 'error')
  })
})

describe('an abort', () => {
  const reason = new Error('left')

  test('before the call sends nothing', async () => {
    const { client, sent } = openAccount()
    const signal = AbortSignal.abort(reason)
    await expect(client.images.get('a', { signal })).rejects.toBe(reason)
    await expect(client.images.delete('a', { signal })).rejects.toBe(reason)
    expect(sent).toEqual([])
  })

  test('during the request aborts it, and settles the call with the caller’s reason', async () => {
    const leaving = new AbortController()
    let request: Request | undefined
    const { client } = openAccount({
      fetch(asked) {
        request = asked
        setTimeout(() => leaving.abort(reason), 5)
        return never()
      },
    })
    await expect(client.keys.list({ signal: leaving.signal })).rejects.toBe(reason)
    await vi.waitFor(() => expect(request?.signal.aborted).toBe(true))
  })

  test('during the body cancels it', async () => {
    const leaving = new AbortController()
    const { body, cancelled } = makeBody(never)
    const { client } = openAccount({ fetch: async () => new Response(body) })
    setTimeout(() => leaving.abort(reason), 5)
    await expect(client.keys.list({ signal: leaving.signal })).rejects.toBe(reason)
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce())
  })

  test('after the answer changes nothing', async () => {
    const leaving = new AbortController()
    const { client, sent } = openAccount()
    const keys = await client.keys.list({ signal: leaving.signal })
    leaving.abort(reason)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(keys).toHaveLength(1)
    expect(sent).toHaveLength(1)
  })

  test('that a late answer did not hear of has that answer’s body cancelled', async () => {
    const leaving = new AbortController()
    const { body, cancelled } = makeBody(never)
    const send = settle({
      async fetch() {
        leaving.abort(reason)
        return new Response(body)
      },
    })
    const attempt = { ...makeCall(), signal: () => leaving.signal }
    await expect(send(attempt)).rejects.toBe(reason)
    expect(cancelled).toHaveBeenCalledOnce()
  })
})

test('what is wrong in our own request is no failure of Cloudflare’s', async () => {
  const send = settle({ fetch: never })
  const call = makeCall({ makeRequest: () => new Request('nowhere') })
  const { signal } = new AbortController()
  await expect(send({ ...call, signal: () => signal })).rejects.toBeInstanceOf(TypeError)
})
