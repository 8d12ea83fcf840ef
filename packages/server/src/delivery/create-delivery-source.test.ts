import { ImagesError, sniff } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import type { Fault } from '@lightfast/emulator'
import { createNodeEmulator } from '@lightfast/emulator/node'
import { expect, test, vi } from 'vitest'
import { createImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from './signing-key.ts'
import { png } from '../test-support/open-uploads.ts'
import { silent } from '../test-support/silent.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { sampleRecord } from '../testing/store-samples.ts'
import { createDeliverySource } from './create-delivery-source.ts'
import type { DeliverySourceOptions } from './create-delivery-source.ts'

/** A private picture at an emulated delivery host, and a source of it on a clock that a test moves by hand. */
async function setUp(options: Partial<DeliverySourceOptions> = {}, faults: readonly Fault[] = []) {
  const { now, monotonic, schedule, advance } = createVirtualTime()
  const emulator = createNodeEmulator({ rateLimit: 'off', faults, now })
  const { accountId, writeToken: apiToken, accountHash, signingKey } = localAccount
  const send = (request: Request) => emulator.fetch(request)
  const api = createImagesClient({ accountId, apiToken, fetch: send, logger: silent })
  const file = new File([png], 'red.png', { type: 'image/png' })
  const { id } = await api.images.upload({ file }, { privacy: 'private' })
  const record = sampleRecord({ state: 'ready', cloudflareId: id })
  const sent: Request[] = []
  const { fetch = send, ...rest } = options
  const source = createDeliverySource({
    accountHash,
    signingKey: await importSigningKey(signingKey),
    variant: 'public',
    logger: silent,
    fetch(request) {
      sent.push(request)
      return fetch(request)
    },
    now,
    monotonic,
    schedule,
    random: () => 0.5,
    ...rest,
  })
  const leaving = new AbortController()
  const load = () => source(record, leaving.signal)
  return { emulator, record, source, sent, leaving, advance, load }
}

/** The code and all that could be read of a failure. */
async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ImagesError)) throw new Error('There was no failure.', { cause: error })
  return { code: error.code, text: `${error.message} ${JSON.stringify(error)}` }
}

test('fetches a private picture by a signed URL', async () => {
  const { load, sent } = await setUp()
  const { bytes, contentType } = await load()
  expect([sniff(bytes).status, contentType]).toEqual(['image', 'image/webp'])
  expect(new URL(sent[0]?.url ?? '').searchParams.has('sig')).toBe(true)
})

test('asks for a public image without a signature, whatever its id', async () => {
  const { source, record, sent } = await setUp({ fetch: async () => new Response(png) })
  const { signal } = new AbortController()
  await source({ ...record, cloudflareId: 'of/our own', privacy: 'public' }, signal)
  expect(sent.map(({ url }) => new URL(url))).toMatchObject([
    { pathname: `/${localAccount.accountHash}/of/our%20own/public`, search: '' },
  ])
})

test('asks for no AVIF, which takes long to decode', async () => {
  const { load, sent } = await setUp()
  await load()
  expect(sent[0]?.headers.get('accept')).not.toMatch(/avif|\*/)
})

test('asks by the same URL for a while, so that caches on the way know it', async () => {
  const { load, sent, advance } = await setUp()
  await load()
  await advance(200_000)
  await load()
  await advance(200_000)
  await load()
  expect(new Set(sent.map(({ url }) => url)).size).toBe(2)
})

test.each<[string, Fault, string]>([
  ['fails', { on: 'delivery', effect: 'answer', status: 503 }, 'host_unavailable'],
  ['has none', { on: 'delivery', effect: 'answer', status: 404 }, 'not_found'],
  ['refuses', { on: 'delivery', effect: 'answer', status: 403 }, 'credentials_refused'],
  [
    'does not know the key',
    { on: 'delivery', effect: 'answer', status: 401 },
    'credentials_refused',
  ],
  ['refuses for another reason', { on: 'delivery', effect: 'answer', status: 400 }, 'host_refused'],
  ['is asked too often', { on: 'delivery', effect: 'answer', status: 429 }, 'rate_limited'],
  ['sends a page', { on: 'delivery', effect: 'malform', as: 'html' }, 'host_reply_invalid'],
  ['sends nothing', { on: 'delivery', effect: 'malform', as: 'empty' }, 'host_reply_invalid'],
  ['sends a part', { on: 'delivery', effect: 'truncate', atByte: 20 }, 'host_unreachable'],
  ['hangs up', { on: 'delivery', effect: 'lose-reply' }, 'host_unreachable'],
])('tells why there is no picture, and no secret, when the host %s', async (_, fault, code) => {
  const { load, sent } = await setUp({}, [fault])
  const failure = await failureOf(load())
  expect(failure.code).toBe(code)
  expect(failure.text).not.toContain(new URL(sent[0]?.url ?? '').searchParams.get('sig'))
  expect(sent).toHaveLength(1)
})

test('gives up on a host that stalls, and lets go of the request', async () => {
  const { load, sent, advance } = await setUp({ deadlineMs: 2000 }, [
    { on: 'delivery', effect: 'stall' },
  ])
  const failing = failureOf(load())
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  await advance(2000)
  expect((await failing).code).toBe('host_timed_out')
  expect(sent[0]?.signal.aborted).toBe(true)
})

test('lets go of the request when nobody wants the picture any more', async () => {
  const { load, sent, leaving } = await setUp({}, [{ on: 'delivery', effect: 'stall' }])
  const loading = load()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const gone = expect(loading).rejects.toThrow('Nobody is there.')
  leaving.abort(new Error('Nobody is there.'))
  await gone
  expect(sent.map(({ signal }) => signal.aborted)).not.toContain(false)
})

test('an open circuit is not asked, and closes when the host is back', async () => {
  const { load, sent, source, emulator, advance } = await setUp()
  emulator.faults.add([{ on: 'delivery', effect: 'answer', status: 503 }])
  for (let at = 0; at < 5; at += 1) await failureOf(load())
  expect((await failureOf(load())).code).toBe('circuit_open')
  expect(sent).toHaveLength(5)
  expect(source.status().circuits).toMatchObject([{ circuit: 'delivery', status: 'open' }])
  emulator.faults.clear()
  await advance(36_000)
  expect(await load()).toMatchObject({ contentType: 'image/webp' })
  expect(source.status().circuits).toMatchObject([{ circuit: 'delivery', status: 'closed' }])
})

test('pictures that are gone or too large say nothing about the host', async () => {
  const { load, source, emulator } = await setUp({ maxBytes: 10 })
  for (let at = 0; at < 9; at += 1) expect((await failureOf(load())).code).toBe('file_too_large')
  emulator.faults.add([{ on: 'delivery', effect: 'answer', status: 404 }])
  for (let at = 0; at < 9; at += 1) expect((await failureOf(load())).code).toBe('not_found')
  expect(source.status().circuits).toMatchObject([{ status: 'closed' }])
})

test('stops at its limit when a body does not say how long it is', async () => {
  let read = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += 1
      controller.enqueue(png)
    },
  })
  const { load } = await setUp({ maxBytes: 1000, fetch: async () => new Response(body) })
  expect((await failureOf(load())).code).toBe('file_too_large')
  expect(read).toBeLessThan(20)
})

test.each([
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
])('takes %s for no picture, whatever its type says', async (_, text) => {
  const headers = { 'content-type': 'image/png' }
  const { load } = await setUp({ fetch: async () => new Response(text, { headers }) })
  expect((await failureOf(load())).code).toBe('host_reply_invalid')
})

test('keeps the distance that the host asks for', async () => {
  const headers = { 'retry-after': '7' }
  const { load } = await setUp({
    fetch: async () => new Response('Slow down.', { status: 429, headers }),
  })
  await expect(load()).rejects.toMatchObject({ status: 429, retryAfterMs: 7000 })
})

test('tells that the host cannot be reached', async () => {
  const { load } = await setUp({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
  expect((await failureOf(load())).code).toBe('host_unreachable')
})

test.each([301, 302])('does not follow a redirect (%i)', async (status) => {
  const headers = { location: 'https://elsewhere.example/red.png' }
  const { load, sent } = await setUp({
    fetch: async () => new Response(null, { status, headers }),
  })
  expect((await failureOf(load())).code).toBe('host_reply_invalid')
  expect(sent.map(({ redirect }) => redirect)).toEqual(['manual'])
})

test('asks for nothing that is not at Cloudflare', async () => {
  const { source, record, sent } = await setUp()
  const { signal } = new AbortController()
  const failure = await failureOf(source({ ...record, cloudflareId: null }, signal))
  expect([failure.code, sent.length]).toEqual(['not_found', 0])
})

test.each([
  [{ variant: 'w=400' }, TypeError],
  [{ accountHash: '..' }, TypeError],
  [{ deadlineMs: 0 }, RangeError],
  [{ maxBytes: 0.5 }, RangeError],
])('refuses %j', async (options, error) => {
  await expect(setUp(options)).rejects.toThrow(error)
})
