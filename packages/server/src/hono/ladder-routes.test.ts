/** The routes of the upload ladder, of operators and of Cloudflare's notifications. */
import type { StartedUpload } from '@lightfast/core'
import { ImagesError } from '@lightfast/core'
import type { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { makeRequest, openUploads, png, post } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'
import { createImagesRoutes } from './images-routes.ts'
import type { ImagesRoutesOptions } from './images-routes.ts'

const secret = 'a-secret-of-cloudflare'

let app: TestUploads
let routes: Hono

async function open(options: OpenUploads = {}, more: Partial<ImagesRoutesOptions> = {}) {
  app = await openUploads({ rungs: ['direct', 'relay', 'park'], ...options })
  routes = createImagesRoutes({
    uploads: app.uploads,
    authenticate: async (request) => {
      const id = request.headers.get('x-user')
      return id ? { id } : null
    },
    isOperator: ({ id }) => id === 'root',
    metrics: { contentType: 'text/plain', render: () => 'figures 1\n' },
    webhookSecrets: ['an-older-secret', secret],
    onError: () => undefined,
    ...more,
  })
}

beforeEach(() => open())

const away = () => Promise.reject(new ImagesError('store_unavailable', 'Away.'))

interface Options {
  readonly user?: string
  readonly body?: BodyInit
  readonly type?: string
  readonly headers?: Record<string, string>
}

function request(method: string, path: string, options: Options = {}) {
  const { user = 'ada', body, type = 'application/json', headers } = options
  const own = {
    ...(user && { 'x-user': user }),
    ...(method !== 'GET' && { origin: 'http://localhost' }),
    ...(body !== undefined && { 'content-type': type }),
  }
  const init = { method, headers: { ...own, ...headers }, ...(body !== undefined && { body }) }
  return routes.request(path, init)
}

/** An upload that is to come to us. */
async function start(): Promise<{ readonly id: string; readonly attemptId: string }> {
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  const reply = await request('POST', '/uploads', { body: JSON.stringify(makeRequest()) })
  const { image, way }: StartedUpload = await reply.json()
  return { id: image.id, attemptId: way?.attemptId ?? '' }
}

const put = async (options: Options = {}, bytes: BodyInit = png) => {
  const { id, attemptId } = await start()
  const path = `/uploads/${id}/bytes?attemptId=${attemptId}`
  return { id, reply: await request('PUT', path, { type: 'image/png', body: bytes, ...options }) }
}

describe('PUT uploads/:id/bytes', () => {
  test('takes the bytes as they are: parked is 202', async () => {
    const { reply } = await put()
    expect(reply.status).toBe(202)
    expect(await reply.json()).toMatchObject({ image: { state: 'parked', rung: 'park' } })
  })

  test.each([
    ['a form', 'multipart/form-data; boundary=x'],
    ['text', 'text/plain'],
  ])('refuses %s, which a page of another site could send', async (_, type) => {
    expect((await put({ type })).reply.status).toBe(400)
  })

  test('refuses another origin, nobody, and somebody else', async () => {
    expect((await put({ headers: { origin: 'https://evil.example' } })).reply.status).toBe(403)
    expect((await put({ user: '' })).reply.status).toBe(401)
    expect((await put({ user: 'eve' })).reply.status).toBe(404)
  })

  test('refuses a length that was not announced', async () => {
    const { reply } = await put({ headers: { 'content-length': '7' } })
    expect(await reply.json()).toMatchObject({ code: 'invalid_request', field: 'content-length' })
  })

  test('needs the attempt by its id', async () => {
    const { id } = await start()
    const reply = await request('PUT', `/uploads/${id}/bytes`, { type: 'image/png', body: png })
    expect(await reply.json()).toMatchObject({ code: 'invalid_request', field: 'attemptId' })
  })

  test('refuses a file that breaks our rules, with the code that says which', async () => {
    await open({ rungs: ['relay'] })
    const bytes = new Uint8Array(png.length).fill(7)
    const { reply } = await put({}, bytes)
    expect([reply.status, (await reply.json()).code]).toEqual([415, 'file_type_unsupported'])
  })
})

describe('GET uploads/:id/preview', () => {
  test('shows the owner’s picture so that nothing in it can run', async () => {
    const { id } = await put()
    const reply = await request('GET', `/uploads/${id}/preview`)
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    })
  })

  test('is nobody else’s', async () => {
    const { id } = await put()
    expect((await request('GET', `/uploads/${id}/preview`, { user: 'eve' })).status).toBe(404)
    expect((await request('GET', `/uploads/${id}/preview`, { user: '' })).status).toBe(401)
  })

  test('shows no drawing, which could carry a script', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script/></svg>'
    app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
    const body = makeRequest({ contentType: 'image/svg+xml', sizeBytes: svg.length })
    const started = await request('POST', '/uploads', { body: JSON.stringify(body) })
    const { image, way }: StartedUpload = await started.json()
    const path = `/uploads/${image.id}/bytes?attemptId=${way?.attemptId}`
    expect((await request('PUT', path, { type: 'image/svg+xml', body: svg })).status).toBe(202)
    expect((await request('GET', `/uploads/${image.id}/preview`)).status).toBe(404)
  })
})

describe('DELETE :id', () => {
  test('ends a parked upload: it is not sent on', async () => {
    const { id } = await put()
    expect((await request('DELETE', `/${id}`)).status).toBe(204)
    app.emulator.faults.clear()
    await app.pass(3_600_000)
    expect(await app.images()).toEqual([])
  })

  test('refuses an image in use with 409, unless it is forced', async () => {
    const { id } = await put()
    await app.uploads.usages.add({ id: 'ada' }, id, { type: 'a', thingId: '1', field: 'f' })
    const reply = await request('DELETE', `/${id}`)
    expect([reply.status, (await reply.json()).code]).toEqual([409, 'image_in_use'])
    expect((await request('DELETE', `/${id}?mode=force`)).status).toBe(204)
  })

  test('is refused to nobody, to others and to other sites', async () => {
    const { id } = await put()
    expect((await request('DELETE', `/${id}`, { user: '' })).status).toBe(401)
    expect((await request('DELETE', `/${id}`, { user: 'eve' })).status).toBe(404)
    const headers = { origin: 'https://evil.example' }
    expect((await request('DELETE', `/${id}`, { headers })).status).toBe(403)
  })
})

const hear = (given: string | undefined, body: BodyInit, headers = {}) =>
  routes.request('/webhooks/cloudflare', {
    method: 'POST',
    body,
    headers: { ...(given !== undefined && { 'cf-webhook-auth': given }), ...headers },
  })

describe('POST webhooks/cloudflare', () => {
  test.each([secret, 'an-older-secret'])('takes a test message with the secret %s', async (one) => {
    const reply = await hear(one, JSON.stringify({ text: 'Hello World!' }))
    expect([reply.status, await reply.json()]).toEqual([200, { status: 'test' }])
  })

  test.each([undefined, '', 'wrong', `${secret}x`, secret.slice(1), 's\u00e9cret'])(
    'refuses everybody else: %j',
    async (given) => {
      const reply = await hear(given, JSON.stringify({ text: 'x' }))
      expect([reply.status, (await reply.json()).code]).toEqual([401, 'unauthenticated'])
    },
  )

  test('stays shut without a secret, and with an empty one', async () => {
    for (const webhookSecrets of [[], ['']]) {
      await open({}, { webhookSecrets })
      expect((await hear('', JSON.stringify({ text: 'x' }))).status).toBe(401)
      expect((await hear(undefined, JSON.stringify({ text: 'x' }))).status).toBe(401)
    }
  })

  test('refuses what is no notification, or too large to be one', async () => {
    expect((await hear(secret, '{')).status).toBe(400)
    expect((await hear(secret, '"text"')).status).toBe(400)
    expect((await hear(secret, `"${'x'.repeat(70_000)}"`)).status).toBe(413)
  })

  test('asks to be told again when our database does not answer', async () => {
    const store = createMemoryStore({ now: () => 0 })
    await open({ store: { ...store, attempts: { ...store.attempts, findByCloudflareId: away } } })
    const reply = await hear(secret, JSON.stringify({ text: 'x', data: { id: 'a' } }))
    expect(reply.status).toBe(503)
  })

  test('sees a direct upload through', async () => {
    const started = await request('POST', '/uploads', { body: JSON.stringify(makeRequest()) })
    const { image, way }: StartedUpload = await started.json()
    await post(app.emulator, way)
    const [attempt] = await app.store.attempts.of(image.id)
    const body = JSON.stringify({ text: 'x', data: { id: attempt?.cloudflareId } })
    expect(await (await hear(secret, body)).json()).toEqual({ status: 'known' })
    expect((await app.store.records.find(image.id))?.state).toBe('ready')
  })
})

const replay = (key: string, user = 'root') =>
  request('POST', '/jobs/replay', { user, body: JSON.stringify({ key }) })

describe('operators', () => {
  test.each(['/jobs', '/counts', '/metrics'])('GET %s is theirs alone', async (path) => {
    expect((await request('GET', path, { user: '' })).status).toBe(401)
    expect((await request('GET', path)).status).toBe(403)
    expect((await request('GET', path, { user: 'root' })).status).toBe(200)
  })

  test('see where uploads stall', async () => {
    await put()
    const { counts } = await (await request('GET', '/counts', { user: 'root' })).json()
    expect(counts).toMatchObject([{ state: 'parked', rung: 'park', count: 1 }])
    const { jobs } = await (await request('GET', '/jobs?kind=forward', { user: 'root' })).json()
    expect(jobs).toMatchObject([{ kind: 'forward', state: 'queued', tries: 0 }])
  })

  test('replay what was given up', async () => {
    const { id } = await put()
    app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 400, code: 5400 }])
    await app.pass(600_000)
    app.emulator.faults.clear()
    expect((await replay(`forward:${id}`, 'ada')).status).toBe(403)
    expect((await replay('forward:nothing')).status).toBe(404)
    expect((await replay(`forward:${id}`)).status).toBe(200)
    await app.pass(1000)
    expect(await app.images()).toHaveLength(1)
  })

  test('read the audit of an image that is gone; its owner reads that of one’s own', async () => {
    const { id } = await put()
    const audit = async (user: string) => (await request('GET', `/${id}/audit`, { user })).status
    expect([await audit('ada'), await audit('eve'), await audit('root')]).toEqual([200, 404, 200])
    await request('DELETE', `/${id}`)
    expect([await audit('ada'), await audit('root')]).toEqual([404, 200])
    const usages = async (user: string) => (await request('GET', `/${id}/usages`, { user })).status
    expect([await usages('ada'), await usages('root')]).toEqual([404, 200])
  })

  test('are nobody unless the app says who', async () => {
    await open({}, { isOperator: () => false })
    expect((await request('GET', '/jobs', { user: 'root' })).status).toBe(403)
  })
})

describe('GET health', () => {
  test('tells whether this process can serve, and nothing else', async () => {
    const well = await request('GET', '/health', { user: '' })
    expect([well.status, await well.json()]).toEqual([200, { status: 'ok' }])
    const store = createMemoryStore({ now: () => 0 })
    await open({ store: { ...store, jobs: { ...store.jobs, nextAt: away } } })
    const ill = await request('GET', '/health', { user: '' })
    expect([ill.status, await ill.json()]).toEqual([503, { status: 'unavailable' }])
  })
})
