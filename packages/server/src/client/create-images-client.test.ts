import { localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import { createNodeEmulator } from '@lightfast/emulator/node'
import { beforeEach, describe, expect, test } from 'vitest'
import { createImagesClient } from './create-images-client.ts'
import type { ClientEvent, ImagesClient, ImagesClientOptions } from './create-images-client.ts'

let emulator: Emulator
let events: ClientEvent[]

beforeEach(() => {
  emulator = createNodeEmulator()
  events = []
})

function createClient(options: Partial<ImagesClientOptions> = {}): ImagesClient {
  return createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    fetch: (request) => emulator.fetch(request),
    retry: { baseMs: 1, capMs: 1 },
    onEvent: (event) => events.push(event),
    ...options,
  })
}

const slot = { expiresAt: Date.now() + 600_000, privacy: 'private' } as const

describe('every endpoint against the emulator', () => {
  test('a direct upload is a private draft with our metadata and creator', async () => {
    const client = createClient()
    const { id, uploadURL } = await client.directUploads.create({
      ...slot,
      metadata: { attemptId: 'a1' },
      creator: 'ada',
    })
    expect(uploadURL).toContain(id)
    expect(await client.images.get(id)).toEqual({
      id,
      draft: true,
      requireSignedURLs: true,
      meta: { attemptId: 'a1' },
    })
  })

  test('the signing keys and the variants of the account', async () => {
    const client = createClient()
    expect(await client.keys.list()).toEqual([{ name: 'default', value: localAccount.signingKey }])
    await client.variants.create({ id: 'tiny', fit: 'cover', width: 8, height: 8 })
    expect(await client.variants.list()).toEqual(['public', 'tiny'])
  })

  test('an image that is not there is not_found, once', async () => {
    await expect(createClient().images.get('nothing')).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      cloudflareCodes: [5404],
    })
    expect(events).toEqual([])
  })
})

describe('when Cloudflare fails', () => {
  test('two failures are repeated, and the third try counts', async () => {
    emulator.faults.set([{ on: 'direct-upload', effect: 'answer', status: 503, times: 2 }])
    await expect(createClient().directUploads.create(slot)).resolves.toHaveProperty('uploadURL')
    expect(events.map(({ type }) => type)).toEqual(['retried', 'retried'])
  })

  test('HTTP 200 with success:false is an error', async () => {
    const body = JSON.stringify({ success: false, errors: [{ code: 5500 }], result: null })
    const client = createClient({ fetch: async () => new Response(body) })
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_unavailable' })
  })

  test('a body that never ends is cut off', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
    })
    const client = createClient({
      fetch: async () => new Response(endless),
      retry: { attempts: 1 },
    })
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_reply_invalid' })
  })

  test('a body that stalls runs into the attempt’s time', async () => {
    const stalled = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
    })
    const client = createClient({
      fetch: async () => new Response(stalled),
      attemptMs: 20,
      retry: { attempts: 1 },
    })
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'host_timed_out' })
  })

  test('a result of another shape is an error that names the field', async () => {
    const body = JSON.stringify({ success: true, errors: [], result: { keys: [{ name: 'a' }] } })
    const client = createClient({ fetch: async () => new Response(body) })
    await expect(client.keys.list()).rejects.toThrow(/keys\.list.*"keys\.0\.value"/)
  })

  test('a network error keeps its cause and names no address', async () => {
    const cause = new TypeError(`fetch failed: https://api.example/${localAccount.accountId}`)
    const client = createClient({ fetch: () => Promise.reject(cause), retry: { attempts: 1 } })
    const error = await client.keys.list().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'host_unreachable', cause })
    expect(String(error)).not.toContain(localAccount.accountId)
  })

  test('an abort settles the call with its reason, and is not repeated', async () => {
    const leaving = new AbortController()
    const fetch = () => {
      leaving.abort(new Error('left'))
      return Promise.reject(new Error('aborted'))
    }
    await expect(createClient({ fetch }).keys.list({ signal: leaving.signal })).rejects.toThrow(
      'left',
    )
    expect(events).toEqual([])
  })
})

describe('what is wrong in the caller’s code', () => {
  test.each(['accountId', 'apiToken'])(
    'a missing %s is a TypeError when the client is made',
    (name) => {
      expect(() => createClient({ [name]: '' })).toThrow(
        new TypeError(`createImagesClient needs an ${name}.`),
      )
    },
  )

  test.each(['keys', '../../../zones', ''])('the id "%s" never leaves the house', async (id) => {
    const client = createClient({ fetch: () => Promise.reject(new Error('must not be called')) })
    expect(() => client.images.get(id)).toThrow(TypeError)
  })
})
