/** Proves that Cloudflare's own client works on the emulator, unmodified, and shows where that client fails. */
import { createServer } from 'node:http'
import Cloudflare, { AuthenticationError, NotFoundError, toFile } from 'cloudflare'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createNodeEmulator } from '../node/create-node-emulator.ts'
import { serve } from '../node/serve.ts'
import { localAccount } from '../options.ts'
import { svg, toForm } from '../test-support/account.ts'
import { decode, makePicture } from '../test-support/pictures.ts'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { RunningEmulator } from '../node/serve.ts'

const { accountId: account_id, writeToken: apiToken } = localAccount
const account = { account_id }
const emulator = createNodeEmulator()
const sent: FormData[] = []
let running: RunningEmulator
let client: Cloudflare

/** Notes the forms it sends, as they are. */
const noting: typeof fetch = (input, init) => {
  if (init?.body instanceof FormData) sent.push(init.body)
  return fetch(input, init)
}

const connect = (baseURL: string, options: { readonly maxRetries?: number } = {}): Cloudflare =>
  new Cloudflare({ apiToken, baseURL, fetch: noting, ...options })

beforeAll(async () => {
  running = await serve(emulator, { port: 0 })
  client = connect(`${running.url}/client/v4`)
})
afterAll(() => running.close())
afterEach(() => {
  sent.length = 0
  emulator.faults.clear()
})

const picture = async (): Promise<File> =>
  toFile(await makePicture(40, 20), 'two.png', { type: 'image/png' })

describe('the official client', () => {
  test('uploads a file, shows it, changes it, reads its bytes and deletes it', async () => {
    const { v1 } = client.images
    const made = await v1.create({ ...account, file: await picture(), creator: 'ann' })
    const id = made.id ?? ''
    expect(made).toMatchObject({ filename: 'two.png', creator: 'ann', requireSignedURLs: false })
    expect(await v1.get(id, account)).toEqual(made)
    const changed = await v1.edit(id, { ...account, metadata: { a: 1 }, creator: 'bob' })
    expect(changed).toMatchObject({ id, meta: { a: 1 }, creator: 'bob' })
    const bytes = await (await v1.blobs.get(id, account)).arrayBuffer()
    expect(bytes).toEqual(await (await picture()).arrayBuffer())
    await v1.delete(id, account)
    await expect(v1.get(id, account)).rejects.toBeInstanceOf(NotFoundError)
  })

  test('sends a path as custom id and finds it again', async () => {
    const id = 'users/ann 100%/one'
    await client.images.v1.create({ ...account, id, file: svg })
    expect(await client.images.v1.get(id, account)).toMatchObject({ id })
    await client.images.v1.delete(id, account)
  })

  test('pages through a list by cursor, newest first', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        client.images.v1.create({ ...account, id: `page-${n}`, file: svg }),
      ),
    )
    const seen: string[] = []
    let token: string | null | undefined
    do {
      const page = await client.images.v2.list({
        ...account,
        per_page: 10,
        ...(token && { continuation_token: token }),
      })
      seen.push(...(page.images ?? []).map(({ id = '' }) => id))
      token = page.continuation_token
    } while (token)
    expect(seen.toSorted()).toEqual(ids.map(({ id = '' }) => id).toSorted())
    const stats = await client.images.v1.stats.get(account)
    expect(stats.count?.current).toBe(seen.length)
    await Promise.all(seen.map((id) => client.images.v1.delete(id, account)))
  })

  test('makes, lists, changes and deletes a variant', async () => {
    const { variants } = client.images.v1
    const options = { fit: 'cover', width: 10, height: 10, metadata: 'none' } as const
    const made = await variants.create({ ...account, id: 'thumb', options })
    expect(made.variant).toMatchObject({ id: 'thumb', options })
    const changed = await variants.edit('thumb', { ...account, options: { ...options, width: 5 } })
    expect(changed.variant?.options.width).toBe(5)
    expect((await variants.get('thumb', account)).variant?.options.width).toBe(5)
    expect(Object.keys((await variants.list(account)).variants ?? {})).toEqual(['public', 'thumb'])
    await variants.delete('thumb', account)
    await expect(variants.get('thumb', account)).rejects.toBeInstanceOf(NotFoundError)
  })

  test('makes, lists and deletes a signing key', async () => {
    const { keys } = client.images.v1
    expect(names(await keys.update('second', account))).toEqual(['default', 'second'])
    expect(names(await keys.list(account))).toEqual(['default', 'second'])
    expect(names(await keys.delete('second', account))).toEqual(['default'])
  })

  test('gets a one-time URL that a browser can upload to', async () => {
    const { id = '', uploadURL = '' } = await client.images.v2.directUploads.create({
      ...account,
      requireSignedURLs: true,
    })
    expect(await client.images.v1.get(id, account)).toHaveProperty('draft', true)
    const target = running.url + new URL(uploadURL).pathname
    const reply = await fetch(target, {
      method: 'POST',
      body: toForm({ file: await picture() }),
    })
    expect(reply.status).toBe(200)
    expect(await client.images.v1.get(id, account)).not.toHaveProperty('draft')
    await client.images.v1.delete(id, account)
  })

  test('sees the picture it uploaded on the delivery host', async () => {
    const { id, variants = [] } = await client.images.v1.create({
      ...account,
      file: await picture(),
    })
    const reply = await fetch(running.url + new URL(variants[0] ?? '').pathname)
    expect((await decode(reply)).width).toBe(40)
    await client.images.v1.delete(id ?? '', account)
  })

  test('throws its own error for each kind of refusal', async () => {
    const stranger = new Cloudflare({ apiToken: 'wrong', baseURL: client.baseURL })
    await expect(stranger.images.v1.keys.list(account)).rejects.toBeInstanceOf(AuthenticationError)
    await expect(
      client.images.v1.create({ ...account, id: '/a', file: svg }),
    ).rejects.toMatchObject({ status: 400, errors: [{ code: 5411 }] })
  })
})

describe('a defect of the official client 7.3.0', () => {
  test('metadata given as an object leaves as fields metadata[key], which the API does not document', async () => {
    const { v1, v2 } = connect(client.baseURL, { maxRetries: 0 }).images
    const params = { ...account, metadata: { key: 'value' } }
    await expect(v1.create({ ...params, file: svg })).rejects.toMatchObject({ status: 501 })
    await expect(v2.directUploads.create(params)).rejects.toMatchObject({ status: 501 })
    expect(sent.map((form) => [...form.keys()].toSorted())).toEqual([
      ['file', 'metadata[key]'],
      ['metadata[key]'],
    ])
  })

  test('metadata given as a JSON string arrives', async () => {
    const metadata = JSON.stringify({ key: 'value' })
    const { id = '', meta } = await client.images.v1.create({ ...account, file: svg, metadata })
    expect(meta).toEqual({ key: 'value' })
    await client.images.v1.delete(id, account)
  })

  test('iterating images.v1.list yields nothing, although the page holds the images', async () => {
    const { id = '' } = await client.images.v1.create({ ...account, file: svg })
    const page = await client.images.v1.list(account)
    const yielded = []
    for await (const image of page) yielded.push(image)
    expect(yielded).toEqual([])
    expect(page.result).toMatchObject({ images: [{ id }] })
    await client.images.v1.delete(id, account)
  })

  test('a refusal with status 200 is no error to it: the result is null', async () => {
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 200, code: 5404 }])
    expect(await client.images.v1.get('missing', account)).toBeNull()
  })

  test('a 409 is asked again, and so is every upload that was answered 5xx', async () => {
    emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 500, times: 1 }])
    const { id = '' } = await client.images.v1.create({ ...account, file: svg })
    expect(sent).toHaveLength(2)
    await client.images.v1.delete(id, account)
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 409, times: 1 }])
    await expect(client.images.v1.get('missing', account)).rejects.toMatchObject({ status: 404 })
    expect(
      emulator
        .requests()
        .slice(-2)
        .map(({ status }) => status),
    ).toEqual([409, 404])
  })

  test('the message of its error is the whole body', async () => {
    const refusal = client.images.v1.get('missing', account)
    await expect(refusal).rejects.toThrow('404 {"result":null,"success":false')
  })

  test('a Retry-After in the past is followed at once, and one far ahead without a limit or a way to abort', async () => {
    const answers = [new Date(0).toUTCString(), '3600']
    const asked: IncomingMessage[] = []
    const { url, close } = await listen((incoming, outgoing) => {
      asked.push(incoming)
      outgoing.writeHead(429, { 'Retry-After': answers[asked.length - 1] ?? '' }).end('{}')
    })
    const leaving = new AbortController()
    const call = connect(url).images.v1.get('a', account, { signal: leaving.signal })
    await expect.poll(() => asked.length).toBe(2)
    leaving.abort()
    expect(await orWaiting(call)).toBe('still waiting')
    expect(asked).toHaveLength(2)
    close()
  })

  test('its timeout ends with the headers: a body that stalls is waited for', async () => {
    const { url, close } = await listen((_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'application/json' }).write('{')
    })
    const call = connect(url, { maxRetries: 0 }).images.v1.get('a', account, { timeout: 100 })
    expect(await orWaiting(call)).toBe('still waiting')
    close()
  })
})

const names = ({ keys = [] }: { readonly keys?: readonly { readonly name?: string }[] }) =>
  keys.map(({ name }) => name)

/** Gives a call more time than any of its own limits. */
const orWaiting = (call: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    call.catch(() => 'failed'),
    new Promise((resolve) => void setTimeout(resolve, 600, 'still waiting')),
  ])

async function listen(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? Number(address?.port) : 0
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
