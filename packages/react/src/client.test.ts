import type { Image, StartUpload } from '@lightfast/core'
import { createFailure, ImagesError } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { toFailure } from './call-server.ts'
import { createUploadClient } from './client.ts'
import type { UploadClient } from './client.ts'

const image: Image = {
  id: 'img/1',
  uploadId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  state: 'pending',
  kind: 'photo',
  filename: 'cat.png',
  facts: 'claimed',
  contentType: 'image/png',
  sizeBytes: 68,
  width: 1,
  height: 1,
  rung: null,
  createdAt: 1,
  failure: null,
  mine: true,
  privacy: 'private',
  can: ['view', 'viewOriginal', 'share', 'update', 'delete', 'administer'],
  url: null,
  thumbhash: null,
}

const upload: StartUpload = {
  uploadId: image.uploadId,
  kind: 'photo',
  filename: 'cat.png',
  contentType: 'image/png',
  sizeBytes: 68,
  width: 1,
  height: 1,
}

const attemptId = '00000000-0000-4000-8000-000000000001'
const started = {
  image,
  way: { rung: 'direct', attemptId, url: 'https://upload.test/1', expiresAt: 2 },
  rungs: ['direct', 'relay', 'park'],
}
const { signal } = new AbortController()

function connect(fetch: (request: Request) => Promise<Response>): UploadClient {
  return createUploadClient({ endpoint: 'https://app.test/api/images/', fetch })
}

async function catchError(promise: Promise<unknown>): Promise<ImagesError> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  if (error instanceof ImagesError) return error
  throw new Error(`Not an ImagesError: ${String(error)}`)
}

describe('createUploadClient', () => {
  it('asks for a slot with JSON and cookies of the same origin', async () => {
    const seen: Request[] = []
    const client = connect(async (request) => {
      seen.push(request.clone())
      return Response.json(started)
    })
    expect(await client.start(upload, signal)).toEqual(started)
    const [request] = seen
    expect(request?.method).toBe('POST')
    expect(request?.url).toBe('https://app.test/api/images/uploads')
    expect(request?.credentials).toBe('same-origin')
    expect(request?.headers.get('content-type')).toBe('application/json')
    expect(await request?.json()).toEqual(upload)
  })

  it('puts the id of the record into the path, escaped', async () => {
    const seen: string[] = []
    const client = connect(async ({ method, url }) => {
      seen.push(`${method} ${url}`)
      return Response.json({ image })
    })
    await client.complete(image.id, { attemptId }, signal)
    const report = { attemptId, code: 'upload_host_failed', cloudflareCode: 5550 } as const
    await client.reportFailure(image.id, report, signal)
    await client.status(image.id, signal)
    expect(seen).toEqual([
      'POST https://app.test/api/images/uploads/img%2F1/complete',
      'POST https://app.test/api/images/uploads/img%2F1/failed',
      'GET https://app.test/api/images/uploads/img%2F1',
    ])
  })

  it.each(['relay', 'park'] as const)(
    'understands that the bytes are to take the way %s',
    async (rung) => {
      const relayed = { image, way: { rung, attemptId }, rungs: ['direct', 'relay', 'park'] }
      const client = connect(async () => Response.json(relayed))
      expect(await client.start(upload, signal)).toEqual(relayed)
    },
  )

  it('knows where the bytes of an attempt are put', () => {
    const client = connect(() => Promise.reject(new Error('nothing is asked')))
    expect(client.toBytesUrl(image.id, attemptId)).toBe(
      `https://app.test/api/images/uploads/img%2F1/bytes?attemptId=${attemptId}`,
    )
  })

  it('says that an image is not wanted, though the page goes, and does not mind if nobody hears', async () => {
    const seen: Request[] = []
    const client = connect((request) => {
      seen.push(request)
      return Promise.reject(new TypeError('Failed to fetch'))
    })
    client.remove(image.id)
    const [request] = seen
    expect(request).toMatchObject({
      method: 'DELETE',
      url: 'https://app.test/api/images/img%2F1',
      keepalive: true,
      credentials: 'same-origin',
    })
    expect(request?.headers.get('content-type')).toBe('application/json')
  })

  it('turns a problem document into the failure it describes', async () => {
    const problem = {
      status: 429,
      title: 'Too many requests',
      detail: 'Wait a little.',
      code: 'rate_limited',
      stage: 'provision',
      retry: 'soon',
      requestId: 'req-9',
      retryAfterMs: 3000,
    }
    const client = connect(async () => Response.json(problem, { status: 429 }))
    const { failure, status } = await catchError(client.start(upload, signal))
    expect(status).toBe(429)
    expect(failure).toEqual({
      code: 'rate_limited',
      stage: 'provision',
      message: 'Wait a little.',
      retryAfterMs: 3000,
      requestId: 'req-9',
    })
  })

  it('calls a request that does not get through server_unreachable', async () => {
    const client = connect(() => Promise.reject(new TypeError('Failed to fetch')))
    expect((await catchError(client.status('1', signal))).code).toBe('server_unreachable')
  })

  it.each([
    ['the error page of a proxy', new Response('<h1>502</h1>', { status: 502 })],
    ['the login page of a captive network', new Response('<h1>Hello</h1>')],
    ['a reply of another shape', Response.json({ image: { id: 1 } })],
    ['an empty reply', new Response(null, { status: 204 })],
    ['a problem with a code nobody knows', Response.json({ code: 'nope' }, { status: 400 })],
  ])('calls %s server_failed', async (_, response) => {
    const client = connect(async () => response)
    expect((await catchError(client.status('1', signal))).code).toBe('server_failed')
  })

  it('honours the Retry-After of a proxy', async () => {
    const headers = { 'retry-after': '7' }
    const client = connect(async () => new Response('busy', { status: 503, headers }))
    expect((await catchError(client.status('1', signal))).failure.retryAfterMs).toBe(7000)
  })

  it('gives a call 20 seconds, its body included', async () => {
    const deadline = new AbortController()
    const asked: number[] = []
    const client = createUploadClient({
      endpoint: 'https://app.test',
      timeout(ms) {
        asked.push(ms)
        return deadline.signal
      },
      fetch: async (request) => new Response(createStalledBody(request.signal)),
    })
    const call = catchError(client.status('1', signal))
    deadline.abort(new DOMException('Timed out', 'TimeoutError'))
    expect((await call).code).toBe('server_unreachable')
    expect(asked).toEqual([20_000])
  })

  it('throws the reason of the signal when the caller aborts', async () => {
    const controller = new AbortController()
    const client = connect((request) => Promise.reject(request.signal.reason))
    controller.abort(new Error('left'))
    await expect(client.status('1', controller.signal)).rejects.toThrow('left')
  })
})

describe('toFailure', () => {
  it('keeps the failure of an ImagesError and calls the rest server_failed', () => {
    const error = new ImagesError('circuit_open', 'Wait.')
    expect(toFailure(error)).toEqual(error.failure)
    expect(toFailure(new Error('boom'))).toEqual(createFailure('server_failed', 'boom'))
    expect(toFailure('boom')).toEqual(createFailure('server_failed', 'boom'))
  })
})

function createStalledBody(signal: AbortSignal): ReadableStream {
  return new ReadableStream({
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason))
    },
  })
}
