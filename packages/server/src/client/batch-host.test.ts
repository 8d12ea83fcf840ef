import { ImagesError } from '@lightfast/core'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'
import type { TestAccount } from '../test-support/open-account.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'

const minute = 60_000
const token = 'GET v1/batch_token'

/** A clock for both sides, which a test moves by hand. */
let clock: { now: number }

beforeEach(() => {
  clock = { now: Date.parse('2026-11-22T10:00:00Z') }
})

const now = (): number => clock.now

function openWithClock(
  settings: { readonly batchTokenSeconds?: number } = {},
  options: Parameters<typeof openAccount>[0] = {},
): TestAccount {
  return openAccount({ now, monotonic: now, ...options }, { now, settings })
}

const reasons = ({ events }: TestAccount): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'batch-unavailable' ? [event.reason] : []))

test('all that is called for every upload goes over the batch host, with one token', async () => {
  const { client, sent, events } = openAccount()
  const { images } = client
  const { id } = await images.upload({ file: makePicture() }, { privacy: 'public' })
  await images.get(id)
  await images.update(id, { creator: 'ada' })
  await images.listPage()
  await images.delete(id)
  await client.directUploads.create({ privacy: 'private', expiresAt: Date.now() + 30 * minute })
  expect(sent).toEqual([
    token,
    'POST batch v1',
    `GET batch v1/${id}`,
    `PATCH batch v1/${id}`,
    'GET batch v2',
    `DELETE batch v1/${id}`,
    'POST batch v2/direct_upload',
  ])
  const circuits = events.flatMap((event) => (event.type === 'attempted' ? [event.circuit] : []))
  expect(circuits).toEqual(['read', ...Array<string>(6).fill('batch')])
})

test('the rest goes over the API', async () => {
  const { client, sent } = openAccount()
  await client.images.upload({ file: makePicture() }, { privacy: 'public', id: 'a' })
  sent.splice(0)
  await client.images.blob('a')
  await client.keys.list()
  await client.variants.list()
  await client.stats.get()
  await client.config.update({ flexibleVariants: true })
  expect(sent.filter((line) => line.includes('batch'))).toEqual([])
})

describe('the batch host is left alone', () => {
  test.each([
    ['it is off', { batch: 'off' }],
    [
      'the API is elsewhere, where its token would not be known',
      { baseUrl: 'http://127.0.0.1:1/client/v4' },
    ],
  ] as const)('if %s', async (_, options) => {
    const { client, sent } = openAccount(options)
    await client.images.listPage()
    expect(sent).toEqual(['GET v2'])
  })

  test('but not because the address of the API ends in a slash', async () => {
    const { client, sent } = openAccount({ baseUrl: 'https://api.cloudflare.com/client/v4/' })
    await client.images.listPage()
    expect(sent).toEqual([token, 'GET batch v2'])
  })

  test('unless it is said where it is', async () => {
    const host = 'http://127.0.0.1:1'
    const { client, emulator } = openAccount({
      baseUrl: `${host}/client/v4/`,
      batchUrl: `${host}/`,
    })
    await client.images.listPage()
    expect(emulator.requests().map(({ path }) => path.replace(/^.*\/images/, '/images'))).toEqual([
      '/images/v1/batch_token',
      '/images/v2',
    ])
  })
})

describe('the token', () => {
  test('is asked for again when a fifth of its life is left, or a minute', async () => {
    const short = openWithClock({ batchTokenSeconds: 100 })
    const long = openWithClock({ batchTokenSeconds: 3600 })
    await Promise.all([short.client.images.listPage(), long.client.images.listPage()])
    clock.now += 79_999
    await short.client.images.listPage()
    expect(short.sent.filter((line) => line === token)).toHaveLength(1)
    clock.now += 1
    await short.client.images.listPage()
    expect(short.sent.filter((line) => line === token)).toHaveLength(2)
    clock.now += 59 * minute - 80_001
    await long.client.images.listPage()
    expect(long.sent.filter((line) => line === token)).toHaveLength(1)
    clock.now += 1
    await long.client.images.listPage()
    expect(long.sent.filter((line) => line === token)).toHaveLength(2)
    expect([...short.sent, ...long.sent].filter((line) => line === 'GET v2')).toEqual([])
  })

  test('that runs out is used on while a new one cannot be had', async () => {
    const account = openWithClock({ batchTokenSeconds: 100 })
    await account.client.images.listPage()
    account.emulator.faults.set([{ on: 'batch-token', effect: 'answer', status: 503 }])
    clock.now += 90_000
    await account.client.images.listPage()
    expect(account.sent.at(-1)).toBe('GET batch v2')
    clock.now += 10_000
    await account.client.images.listPage()
    expect(account.sent.at(-1)).toBe('GET v2')
  })

  test('is asked for by one call, while the others go over the API and wait for nobody', async () => {
    const held = Promise.withResolvers<void>()
    const { emulator } = openAccount()
    const { client, sent } = openAccount({
      async fetch(request) {
        if (request.url.endsWith('batch_token')) await held.promise
        return emulator.fetch(request)
      },
    })
    const first = client.images.listPage()
    await client.images.listPage()
    await client.images.listPage()
    expect(sent).toEqual([token, 'GET v2', 'GET v2'])
    held.resolve()
    await first
    await client.images.listPage()
    expect(sent.slice(3)).toEqual(['GET batch v2', 'GET batch v2'])
  })

  test('is asked for again if whoever asked has left', async () => {
    const leaving = new AbortController()
    const { emulator } = openAccount()
    const { client, sent, events } = openAccount({
      async fetch(request) {
        if (!leaving.signal.aborted) leaving.abort(new Error('left'))
        return emulator.fetch(request)
      },
    })
    await expect(client.images.listPage({}, { signal: leaving.signal })).rejects.toThrow('left')
    await client.images.listPage()
    expect(sent).toEqual([token, token, 'GET batch v2'])
    expect(events.filter(({ type }) => type === 'batch-unavailable')).toEqual([])
  })

  test('is nobody’s fault if whoever asked has left with a failure of another call', async () => {
    const leaving = new AbortController()
    const reason = new ImagesError('host_refused', 'Another call failed.')
    const account = openAccount({
      fetch() {
        setTimeout(() => leaving.abort(reason))
        return new Promise(() => undefined)
      },
    })
    const page = account.client.images.listPage({}, { signal: leaving.signal })
    await expect(page).rejects.toBe(reason)
    expect(account.sent).toEqual([token])
    expect(reasons(account)).toEqual([])
  })

  test('is kept when a caller leaves because another call’s token was refused', async () => {
    const leaving = new AbortController()
    const { client, sent } = openAccount()
    await client.images.listPage()
    const page = client.images.listPage({}, { signal: leaving.signal })
    const reason = new ImagesError('credentials_refused', 'Another call failed.')
    leaving.abort(reason)
    await expect(page).rejects.toBe(reason)
    await client.images.listPage()
    expect(sent.at(-1)).toBe('GET batch v2')
  })

  test('that is not answered within two seconds is not waited for', async () => {
    const time = createVirtualTime()
    const account = openAccount({
      ...time,
      fetch: ({ url }) =>
        url.endsWith('batch_token')
          ? new Promise(() => undefined)
          : Promise.resolve(answer({ images: [], continuation_token: null })),
    })
    const page = account.client.images.listPage()
    await time.advance(1999)
    expect(account.sent).toEqual([token])
    await time.advance(1)
    await page
    expect(account.sent).toEqual([token, 'GET v2'])
    expect(reasons(account)).toEqual(['host_timed_out'])
  })
})

test('asking for the token takes half of a short call at most, which then goes over the API', async () => {
  const time = createVirtualTime()
  const account = openAccount({
    ...time,
    fetch: ({ url }) =>
      url.endsWith('batch_token')
        ? new Promise(() => undefined)
        : Promise.resolve(answer({ images: [], continuation_token: null })),
  })
  const page = account.client.images.listPage({}, { deadlineMs: 1000 })
  await time.advance(500)
  await expect(page).resolves.toMatchObject({ images: [] })
  expect(account.sent).toEqual([token, 'GET v2'])
})

describe('if no token can be had, calls go over the API and nobody asks again for a minute', () => {
  const day = 86_400_000
  const grant = (given: object): Response =>
    answer({ token: 'abc', expiresAt: new Date(clock.now + day).toISOString(), ...given })

  test.each<[string, () => Response, string]>([
    ['Cloudflare refuses', () => new Response('', { status: 403 }), 'credentials_refused'],
    ['Cloudflare is out', () => new Response('', { status: 503 }), 'host_unavailable'],
    ['the shape is wrong', () => answer({ tokens: [] }), 'host_reply_invalid'],
    ['the date is none', () => grant({ expiresAt: 'soon' }), 'host_reply_invalid'],
    ['it has expired', () => grant({ expiresAt: '2020-01-01T00:00:00Z' }), 'host_reply_invalid'],
    ['it cannot be sent', () => grant({ token: 'a\nb' }), 'host_reply_invalid'],
    ['it is empty', () => grant({ token: '' }), 'host_reply_invalid'],
  ])('because %s', async (_, reply, reason) => {
    const account = openWithClock(
      {},
      {
        fetch: async ({ url }) =>
          url.endsWith('batch_token') ? reply() : answer({ images: [], continuation_token: null }),
      },
    )
    await account.client.images.listPage()
    clock.now += minute - 1
    await account.client.images.listPage()
    expect(account.sent).toEqual([token, 'GET v2', 'GET v2'])
    clock.now += 1
    await account.client.images.listPage()
    expect(account.sent.slice(3)).toEqual([token, 'GET v2'])
    expect(reasons(account)).toEqual([reason, reason])
  })
})

describe('a call that the batch host does not take goes over the API instead', () => {
  test('if it refuses the token, which is dropped', async () => {
    const account = openWithClock(
      { batchTokenSeconds: 100 },
      { now: () => clock.now - 60 * minute },
    )
    await account.client.images.listPage()
    clock.now += 100_000
    await account.client.images.listPage()
    expect(account.sent).toEqual([token, 'GET batch v2', 'GET batch v2', 'GET v2'])
    await account.client.images.listPage()
    expect(account.sent.at(-1)).toBe('GET v2')
    clock.now += minute
    await account.client.images.listPage()
    expect(account.sent.slice(-2)).toEqual([token, 'GET batch v2'])
    expect(reasons(account)).toEqual(['credentials_refused'])
  })

  test('if it refuses a token that has long been replaced; the new one stays', async () => {
    const { emulator } = openAccount({}, { now, settings: { batchTokenSeconds: 100 } })
    const held = Promise.withResolvers<Response>()
    const early = [held.promise]
    const account = openWithClock(
      {},
      {
        fetch: async (request) =>
          (request.url.startsWith('https://batch') && early.shift()) || emulator.fetch(request),
      },
    )
    const first = account.client.images.listPage({}, { deadlineMs: 10 * minute })
    await vi.waitFor(() => expect(account.sent).toEqual([token, 'GET batch v2']))
    clock.now += 90_000
    await account.client.images.listPage()
    held.resolve(new Response('', { status: 401 }))
    await first
    await account.client.images.listPage()
    expect(account.sent.slice(2)).toEqual([token, 'GET batch v2', 'GET v2', 'GET batch v2'])
    expect(reasons(account)).toEqual([])
  })

  test('if its circuit is open', async () => {
    const { client, sent } = openAccount()
    await client.images.listPage()
    client.circuits.isolate('batch')
    await client.images.listPage()
    await client.directUploads.create({ privacy: 'private', expiresAt: Date.now() + 30 * minute })
    expect(sent.slice(2)).toEqual(['GET v2', 'POST v2/direct_upload'])
  })

  test('if its limit is used up for longer than the call can wait', async () => {
    const { emulator } = openAccount()
    let throttled = false
    const { client, sent } = openAccount({
      fetch: async (request) =>
        throttled && request.url.startsWith('https://batch')
          ? new Response('', { status: 429, headers: { 'retry-after': '300' } })
          : emulator.fetch(request),
    })
    await client.images.listPage()
    throttled = true
    await client.images.listPage()
    await client.images.listPage()
    expect(sent.slice(2)).toEqual(['GET batch v2', 'GET v2', 'GET v2'])
  })

  test('and its attempts on both hosts count, so that a lost deletion is one', async () => {
    const { emulator } = openAccount()
    const replies = [
      () => Promise.reject(new Error('lost')),
      async () => new Response('', { status: 401 }),
    ]
    const { client } = openAccount({
      fetch: async (request) =>
        request.method === 'DELETE' && request.url.startsWith('https://batch')
          ? (replies.shift() ?? (() => emulator.fetch(request)))()
          : emulator.fetch(request),
    })
    await expect(client.images.delete('a')).resolves.toBe('deleted')
  })
})

test('what the batch host answers otherwise is the answer', async () => {
  const { client, sent, emulator } = openAccount()
  await expect(client.images.get('nothing')).rejects.toMatchObject({ code: 'not_found' })
  emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
  await expect(client.images.get('a')).rejects.toMatchObject({ code: 'host_unavailable' })
  expect(sent.filter((line) => line.startsWith('GET v1/') && line !== token)).toEqual([])
})

test.each([
  [{ baseUrl: 'nowhere' }, /^baseUrl/],
  [{ baseUrl: 'https://ada:secret@a.example' }, /^baseUrl(?!.*secret)/],
  [{ baseUrl: 'https://a.example/?b' }, /^baseUrl/],
  [{ batchUrl: 'file:///etc' }, /^batchUrl/],
  [{ apiToken: 'a\nb' }, /^apiToken/],
  [{ apiToken: 'a ü' }, /^apiToken/],
  [{ accountId: '..' }, /./],
])('%j is a TypeError when the client is made', (options, said) => {
  expect(() => openAccount(options)).toThrow(TypeError)
  expect(() => openAccount(options)).toThrow(said)
})
