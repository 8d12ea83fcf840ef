import { defaultFilePolicy, failures } from '@lightfast/core'
import type { DirectWay, FailureCode, Image, StartedUpload, StartUpload } from '@lightfast/core'
import { localAccount, scenarios } from '@lightfast/emulator'
import type { Emulator, Fault } from '@lightfast/emulator'
import { createNodeEmulator } from '@lightfast/emulator/node'
import { Hono } from 'hono'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { createImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { silent } from '../test-support/silent.ts'
import { createUploads } from '../uploads/create-uploads.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { createImagesRoutes } from './images-routes.ts'

const create = { width: 64, height: 48, channels: 3, background: '#c33' } as const
const picture = await sharp({ create }).jpeg().toBuffer()

const provisioningDown: Fault[] = [{ on: 'direct-upload', effect: 'answer', status: 503 }]

let emulator: Emulator
let store: ImagesStore
let app: Hono
let now = Date.parse('2026-11-22T12:00:00Z')

beforeEach(async () => {
  now = Date.parse('2026-11-22T12:00:00Z')
  emulator = createNodeEmulator({ now: () => now })
  store = createMemoryStore({ now: () => now })
  const client = createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    batch: 'off',
    fetch: (request) => emulator.fetch(request),
    now: () => now,
    monotonic: () => now,
    random: () => 0.5,
    schedule: skipTime,
    logger: silent,
    retry: { baseMs: 10, capMs: 100 },
  })
  const uploads = createUploads({
    client,
    store,
    kinds: { photo: defaultFilePolicy },
    accountHash: localAccount.accountHash,
    signingKey: await importSigningKey(localAccount.signingKey),
    variants: ['public'],
    now: () => now,
  })
  app = createImagesRoutes({ uploads, authenticate: readUser })
})

/** Retries pass at once, and the clock with them; a time-out never comes. */
function skipTime(run: () => void, ms: number): () => void {
  if (ms < 1800) queueMicrotask(() => run())
  now += ms < 1800 ? ms : 0
  return () => undefined
}

async function readUser(request: Request) {
  const id = request.headers.get('x-user')
  return id ? { id } : null
}

function request(
  method: 'GET' | 'POST',
  path: string,
  options: { user?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const { user = 'ada', body, headers } = options
  return app.request(path, {
    method,
    headers: {
      ...(user && { 'x-user': user }),
      ...(method === 'POST' && { origin: 'http://localhost', 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

const startBody = (uploadId: string = crypto.randomUUID()): StartUpload => ({
  uploadId,
  kind: 'photo',
  filename: 'red.jpg',
  contentType: 'image/jpeg',
  sizeBytes: picture.length,
  width: 64,
  height: 48,
})

async function start(body = startBody()): Promise<{ image: Image; slot: DirectWay }> {
  const response = await request('POST', '/uploads', { body })
  expect(response.status).toBe(201)
  const { image, way }: StartedUpload = await response.json()
  if (way?.rung !== 'direct') throw new Error('No slot.')
  return { image, slot: way }
}

function put(
  url: string,
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(picture),
): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([bytes], 'red.jpg', { type: 'image/jpeg' }))
  return emulator.fetch(new Request(url, { method: 'POST', body: form }))
}

const report = (attemptId: string, code: FailureCode, cloudflareCode: number | null = null) => ({
  attemptId,
  code,
  cloudflareCode,
})

const countSlots = async () =>
  (
    await emulator
      .fetch(new Request('http://localhost/__lightfast/requests'))
      .then((reply) => reply.json())
  ).filter((entry: { path: string }) => entry.path.endsWith('/direct_upload')).length

describe('the way of one picture', () => {
  test('slot, bytes, complete, signed URL: the delivered pixels are the uploaded ones', async () => {
    const { image, slot } = await start()
    expect(image).toMatchObject({ state: 'pending', kind: 'photo', failure: null, url: null })
    expect((await put(slot.url)).status).toBe(200)

    const completed = await request('POST', `/uploads/${image.id}/complete`, {
      body: { attemptId: slot.attemptId },
    })
    expect(completed.status).toBe(200)
    expect(await completed.json()).toMatchObject({ image: { id: image.id, state: 'ready' } })

    const { url, expiresAt } = await (
      await request('GET', `/${image.id}/url?variant=public`)
    ).json()
    expect(expiresAt).toBeGreaterThan(now)
    const delivered = await emulator.fetch(new Request(url))
    const { data } = await sharp(await delivered.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data[0]).toBeGreaterThan(190)
    expect(data[1]).toBeLessThan(70)
  })

  test('an image is private: its URL without the signature shows nothing', async () => {
    const { image, slot } = await start()
    await put(slot.url)
    await request('POST', `/uploads/${image.id}/complete`, { body: { attemptId: slot.attemptId } })
    const { url } = await (await request('GET', `/${image.id}/url?variant=public`)).json()
    expect((await emulator.fetch(new Request(url.split('?')[0]))).status).toBe(403)
  })

  test('complete without the bytes is not believed: 202, and not ready', async () => {
    const { image, slot } = await start()
    const completed = await request('POST', `/uploads/${image.id}/complete`, {
      body: { attemptId: slot.attemptId },
    })
    expect(completed.status).toBe(202)
    await put(slot.url)
    expect(await (await request('GET', `/uploads/${image.id}`)).json()).toMatchObject({
      image: { state: 'ready' },
    })
  })
})

describe('asking again with the same upload id', () => {
  test('answers the same record and the same unused slot', async () => {
    const body = startBody()
    const first = await start(body)
    const second = await start(body)
    expect(second.image.id).toBe(first.image.id)
    expect(second.slot).toEqual(first.slot)
    expect(await countSlots()).toBe(1)
  })

  test('makes one record, however many ask at once', async () => {
    const body = startBody()
    const all = await Promise.all([start(body), start(body), start(body)])
    expect(new Set(all.map(({ image }) => image.id)).size).toBe(1)
    const { images } = await (await request('GET', '/')).json()
    expect(images).toHaveLength(1)
  })

  test('wants no bytes when those of the last try arrived after all', async () => {
    const body = startBody()
    const { slot } = await start(body)
    await put(slot.url)
    const again = await request('POST', '/uploads', { body })
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ image: { state: 'ready' }, way: null })
  })

  test('gets a fresh slot after the old one was given up, or is about to expire', async () => {
    const body = startBody()
    const first = await start(body)
    await request('POST', `/uploads/${first.image.id}/failed`, {
      body: report(first.slot.attemptId, 'transfer_interrupted'),
    })
    const second = await start(body)
    expect(second.slot.url).not.toBe(first.slot.url)
    now += 29.5 * 60_000
    expect((await start(body)).slot.url).not.toBe(second.slot.url)
  })

  test('is another upload for another person', async () => {
    const body = startBody()
    const { image } = await start(body)
    const other = await request('POST', '/uploads', { user: 'eve', body })
    expect((await other.json()).image.id).not.toBe(image.id)
  })
})

describe('when Cloudflare fails', () => {
  test('an outage of provisioning is a 503 problem, and the record of the try remains', async () => {
    emulator.faults.set(provisioningDown)
    const body = startBody()
    const response = await request('POST', '/uploads', { body })
    expect(response.status).toBe(503)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      code: 'host_unavailable',
      stage: 'provision',
      retry: 'later',
    })
    expect(await countSlots()).toBe(4)
    const { images } = await (await request('GET', '/')).json()
    expect(images).toMatchObject([
      { uploadId: body.uploadId, state: 'requested', failure: { code: 'host_unavailable' } },
    ])

    const [{ id }] = images
    expect(await store.attempts.of(id)).toMatchObject([
      { outcome: 'failed', failureCode: 'host_unavailable', slot: null },
    ])

    emulator.faults.clear()
    expect((await start(body)).image).toMatchObject({ state: 'pending', failure: null })
  })

  test('after five failures the circuit answers at once, and says when to come back', async () => {
    emulator.faults.set(provisioningDown)
    await request('POST', '/uploads', { body: startBody() })
    await request('POST', '/uploads', { body: startBody() })
    const before = await countSlots()
    const response = await request('POST', '/uploads', { body: startBody() })
    expect(await response.json()).toMatchObject({ code: 'circuit_open', retry: 'later' })
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(20)
    expect(await countSlots()).toBe(before)
  })

  test('a lost reply is found out: the bytes are there, so the upload goes on', async () => {
    const { image, slot } = await start()
    await put(slot.url)
    const reply = await request('POST', `/uploads/${image.id}/failed`, {
      body: report(slot.attemptId, 'transfer_interrupted'),
    })
    expect(await reply.json()).toMatchObject({ image: { state: 'ready' } })
  })

  test('a file is rejected when the browser reports a refusal and Cloudflare does not have it', async () => {
    emulator.faults.set(scenarios.fileRefused)
    const { image, slot } = await start()
    expect((await put(slot.url)).ok).toBe(false)
    const reply = await request('POST', `/uploads/${image.id}/failed`, {
      body: report(slot.attemptId, 'file_refused_by_host', 5455),
    })
    expect(await reply.json()).toMatchObject({
      image: { state: 'rejected', failure: { code: 'file_refused_by_host', stage: 'processing' } },
    })
  })

  test('a refusal is not believed without a code that means one', async () => {
    const { image, slot } = await start()
    const reply = await request('POST', `/uploads/${image.id}/failed`, {
      body: report(slot.attemptId, 'file_refused_by_host', 5550),
    })
    expect(await reply.json()).toMatchObject({ image: { state: 'pending' } })
  })

  test('a status check that fails is not a failure of the upload', async () => {
    const { image, slot } = await start()
    await put(slot.url)
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
    const completed = await request('POST', `/uploads/${image.id}/complete`, {
      body: { attemptId: slot.attemptId },
    })
    expect(completed.status).toBe(202)
    expect(await completed.json()).toMatchObject({ image: { state: 'delivered', failure: null } })
    emulator.faults.clear()
    expect(await (await request('GET', `/uploads/${image.id}`)).json()).toMatchObject({
      image: { state: 'ready' },
    })
  })

  test('no slot is given while nobody can say whether the last one has the bytes', async () => {
    const body = startBody()
    await start(body)
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
    expect((await request('POST', '/uploads', { body })).status).toBe(503)
    expect(await countSlots()).toBe(1)
  })
})

describe('doors', () => {
  const routes = [
    ['POST', '/uploads'],
    ['POST', '/uploads/ID/complete'],
    ['POST', '/uploads/ID/failed'],
    ['GET', '/uploads/ID'],
    ['GET', '/'],
    ['GET', '/ID/url?variant=public'],
  ] as const

  test.each(routes)('%s %s answers 401 to nobody', async (method, path) => {
    const response = await request(method, path, {
      user: '',
      body: method === 'POST' ? startBody() : undefined,
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' })
  })

  test.each(routes.filter(([, path]) => path.includes('ID')))(
    '%s %s of somebody else is missing',
    async (method, path) => {
      const { image, slot } = await start()
      const body = path.endsWith('complete')
        ? { attemptId: slot.attemptId }
        : report(slot.attemptId, 'transfer_interrupted')
      const response = await request(method, path.replace('ID', image.id), {
        user: 'eve',
        body: method === 'POST' ? body : undefined,
      })
      expect(response.status).toBe(404)
      expect(await response.text()).not.toContain('red.jpg')
    },
  )

  test('a list holds one’s own images only', async () => {
    await start()
    expect(await (await request('GET', '/', { user: 'eve' })).json()).toEqual({
      images: [],
      nextCursor: null,
    })
  })

  test.each(['https://evil.example', 'null', ''])(
    'a POST from the origin "%s" is refused',
    async (origin) => {
      const response = await request('POST', '/uploads', { body: startBody(), headers: { origin } })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: 'origin_refused' })
    },
  )

  test('a form of another site cannot pass for JSON', async () => {
    const response = await request('POST', '/uploads', {
      body: startBody(),
      headers: { 'content-type': 'text/plain' },
    })
    expect(response.status).toBe(400)
  })

  test.each([
    ['fails', () => Promise.reject(new Error('session store down'))],
    ['names nobody', async () => ({ id: '' })],
  ])('an authenticate that %s lets nobody in', async (_name, authenticate) => {
    const failing = createImagesRoutes({
      uploads: createUploads({
        client: createImagesClient({ accountId: 'a', apiToken: 'b' }),
        store,
        kinds: {},
        accountHash: 'h',
        signingKey: await importSigningKey('k'),
        variants: [],
      }),
      authenticate,
    })
    expect((await failing.request('/')).status).toBe(401)
  })
})

describe('bad input', () => {
  test.each([
    ['kind', { ...startBody(), kind: 'nonsense' }],
    ['uploadId', { ...startBody(), uploadId: 'x' }],
    ['sizeBytes', { ...startBody(), sizeBytes: '12' }],
    ['creator', { ...startBody(), creator: 'eve' }],
  ])('a body with a wrong %s is a 400 that names it', async (field, body) => {
    const response = await request('POST', '/uploads', { body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_request', field })
  })

  test('a body that is not JSON is a 400', async () => {
    expect((await request('POST', '/uploads', { body: '{' })).status).toBe(400)
  })

  test('a body without end is a 413', async () => {
    const response = await request('POST', '/uploads', { body: `"${'x'.repeat(20_000)}"` })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'request_too_large' })
  })

  test('a file that our rules refuse gets no slot', async () => {
    const large = await request('POST', '/uploads', {
      body: { ...startBody(), sizeBytes: 40_000_000 },
    })
    expect([large.status, (await large.json()).code]).toEqual([413, 'file_too_large'])
    const heic = await request('POST', '/uploads', {
      body: { ...startBody(), contentType: 'image/heic' },
    })
    expect([heic.status, (await heic.json()).code]).toEqual([415, 'file_type_unsupported'])
    expect(await countSlots()).toBe(0)
  })

  test.each([
    'limit=0',
    'limit=1000',
    'limit=x',
    'state=nonsense',
    'owner=',
    'kind=',
    'privacy=secret',
    'createdFrom=yesterday',
    'createdBefore=-1',
    'album=1',
    'cursor=1',
    'cursor=1_../keys',
    'variant=w=4000',
  ])('a list with %s is a 400, and never an unfiltered list', async (query) => {
    expect((await request('GET', `/?${query}`)).status).toBe(400)
  })

  test('an attempt of another upload is a 400', async () => {
    const { image } = await start()
    const other = await start()
    const response = await request('POST', `/uploads/${image.id}/complete`, {
      body: { attemptId: other.slot.attemptId },
    })
    expect(await response.json()).toMatchObject({ code: 'invalid_request', field: 'attemptId' })
  })

  test('an unknown route is a problem document too', async () => {
    const response = await request('GET', '/nowhere/at/all')
    expect([response.status, (await response.json()).code]).toEqual([404, 'not_found'])
  })

  test('it is one where an app mounts the routes, and leaves the app’s own alone', async () => {
    const outer = new Hono().route('/api/images', app).get('/api/other', (c) => c.text('other'))
    const unknown = await outer.request('/api/images/nowhere/at/all')
    expect([unknown.status, (await unknown.json()).code]).toEqual([404, 'not_found'])
    expect(await (await outer.request('/api/other')).text()).toBe('other')
  })
})

test('a list comes in pages, newest first, with a signed URL of the variant asked for', async () => {
  const made: string[] = []
  for (let at = 0; at < 5; at += 1) {
    now += 1000
    const { image, slot } = await start()
    await put(slot.url)
    await request('POST', `/uploads/${image.id}/complete`, { body: { attemptId: slot.attemptId } })
    made.unshift(image.id)
  }
  const first = await (await request('GET', '/?limit=3&variant=public')).json()
  const second = await (await request('GET', `/?limit=3&cursor=${first.nextCursor}`)).json()
  expect([...first.images, ...second.images].map(({ id }: Image) => id)).toEqual(made)
  expect(second.nextCursor).toBeNull()
  expect((await emulator.fetch(new Request(first.images[0].url))).status).toBe(200)
  const again = await (await request('GET', '/?limit=3&variant=public')).json()
  expect(again.images[0].url).toBe(first.images[0].url)
})

test('no answer holds the token, the account or the signing key', async () => {
  emulator.faults.set([
    {
      on: 'direct-upload',
      effect: 'answer',
      status: 401,
      code: 10000,
      message: localAccount.writeToken,
    },
  ])
  const response = await request('POST', '/uploads', { body: startBody() })
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({
    code: 'credentials_refused',
    status: failures.credentials_refused.httpStatus,
  })
  for (const secret of [localAccount.writeToken, localAccount.accountId, localAccount.signingKey]) {
    expect(text).not.toContain(secret)
  }
})
