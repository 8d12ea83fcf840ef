import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Variant } from '@lightfast/emulator'
import { describe, expect, test } from 'vitest'
import { examine, refuse, succeed, upload } from '../test-support/examine.ts'

const make = (id: string, neverRequireSignedURLs = false): Variant => ({
  id,
  options: { fit: 'cover', width: 8, height: 8, metadata: 'none' },
  neverRequireSignedURLs,
})

const read = { CLOUDFLARE_API_TOKEN: localAccount.readToken }

test('a healthy account fails nowhere', async () => {
  const { results } = await examine()
  expect(results.filter(({ status }) => status === 'failed')).toEqual([])
  expect(results.map(({ name }) => name)).toEqual([
    'environment',
    'connection',
    'clock',
    'token',
    'account',
    'read-access',
    'allowance',
    'write-access',
    'account-hash',
    'variants',
    'public-variants',
    'variant-count',
    'signing-key',
    'signed-url',
    'batch-token',
    'flexible-variants',
    'notifications',
    'webhook-secret',
    'node',
    'sqlite',
  ])
})

describe('the token', () => {
  test('where it cannot be verified, a call of Images tells', async () => {
    const { find } = await examine()
    expect(find('token')).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining('a call of Images'),
    })
  })

  test('one that nobody knows fails once, and what hangs on it is skipped', async () => {
    const { results, find } = await examine({
      environment: { CLOUDFLARE_API_TOKEN: 'nobody-knows' },
    })
    expect(find('token')).toMatchObject({
      status: 'failed',
      finding: 'Cloudflare does not know this token (HTTP 401, code 10000).',
      fix: expect.stringContaining('Cloudflare Images, Edit'),
    })
    expect(results.filter(({ status }) => status === 'failed')).toHaveLength(1)
  })

  test.each([
    [{ status: 'active' }, 'ok', 'does not expire'],
    [{ status: 'active', expires_on: '2100-01-01T00:00:00Z' }, 'ok', 'until 2100-01-01'],
    [
      { status: 'active', expires_on: new Date(Date.now() + 86_400_000).toISOString() },
      'warning',
      'only until',
    ],
    [{ status: 'expired' }, 'failed', 'is expired'],
    [{ status: 'disabled' }, 'failed', 'is disabled'],
  ])('verified as %j it is %s', async (verdict, status, words) => {
    const { find } = await examine({ replies: { 'user/tokens/verify': () => succeed(verdict) } })
    expect(find('token')).toMatchObject({ status, finding: expect.stringContaining(words) })
  })

  test('one of the account is unknown as a person’s, and verified at the account', async () => {
    const replies = {
      'user/tokens/verify': () => refuse(401, 1000),
      [`${localAccount.accountId}/tokens/verify`]: () => succeed({ status: 'active' }),
    }
    const { find } = await examine({ replies })
    expect(find('token')).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining('active'),
    })
  })

  test('one that is unknown everywhere, though Images answers 403, is no token', async () => {
    const replies = {
      'tokens/verify': () => refuse(401, 1000),
      'images/v1/stats': () => refuse(403, 9109),
    }
    const { find } = await examine({ replies })
    expect(find('token').status).toBe('failed')
  })
})

test('a token that is unknown is not said to be so because another question had no answer', async () => {
  const replies = {
    'tokens/verify': () => refuse(401, 1000),
    'images/v1/stats': () => new Response('', { status: 503 }),
  }
  const { find } = await examine({ replies })
  expect(find('token')).toMatchObject({
    status: 'failed',
    finding: 'Cloudflare does not know this token.',
  })
})

describe('what the token may do', () => {
  test('one that may only read fails at writing, and nowhere else', async () => {
    const { results, find } = await examine({ environment: read })
    expect(find('read-access').status).toBe('ok')
    expect(find('write-access')).toMatchObject({
      status: 'failed',
      finding: 'The token may not make uploads (HTTP 403, code 10000).',
      fix: expect.stringContaining('Cloudflare Images, Edit'),
    })
    expect(results.filter(({ status }) => status === 'failed')).toHaveLength(1)
  })

  test('writing is tried with a draft that is named, is in no list and soon expires', async () => {
    const emulator = createEmulator()
    const { find } = await examine({ emulator })
    const { status, finding } = find('write-access')
    expect(status).toBe('ok')
    const [id = ''] = /[0-9a-f-]{36}/.exec(finding) ?? []
    const made = emulator.requests().filter(({ method }) => method !== 'GET')
    expect(made).toEqual([expect.objectContaining({ method: 'POST', status: 200 })])
    const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images`
    const headers = { authorization: `Bearer ${localAccount.readToken}` }
    const details = () => emulator.fetch(new Request(`${url}/v1/${id}`, { headers }))
    expect((await details()).status).toBe(200)
    const list = await emulator.fetch(new Request(`${url}/v2`, { headers }))
    expect(await list.text()).not.toContain(id)
    emulator.clock.jump(181_000)
    const slot = `https://upload.imagedelivery.net/${localAccount.accountHash}/${id}`
    const late = await emulator.fetch(new Request(slot, { method: 'POST', body: new FormData() }))
    expect(late.status).toBe(410)
  })

  test.each([
    [
      403,
      10000,
      'The token may not read images (HTTP 403, code 10000).',
      'Cloudflare Images, Edit',
    ],
    [403, 9109, 'The token may not read images here (HTTP 403, code 9109).', 'IP addresses'],
    [500, 5500, 'whether the token may read images (HTTP 500, code 5500)', 'cloudflarestatus.com'],
    [429, 971, 'limit of calls is used up (HTTP 429, code 971)', 'Wait five minutes'],
  ])('a refusal with %d and %d says which of them it is', async (status, code, words, fix) => {
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'stats', effect: 'answer', status, code }])
    const { find } = await examine({ emulator })
    expect(find('read-access')).toEqual({
      name: 'read-access',
      status: 'failed',
      finding: expect.stringContaining(words),
      fix: expect.stringContaining(fix),
    })
  })
})

describe('the account', () => {
  const wrong = { CLOUDFLARE_ACCOUNT_ID: 'f'.repeat(32) }

  test('another one’s is refused, and it may also be that it has no Images', async () => {
    const { results, find } = await examine({ environment: wrong })
    expect(find('account')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('code 5403'),
      fix: expect.stringContaining('CLOUDFLARE_ACCOUNT_ID'),
    })
    expect(results.filter(({ status }) => status === 'failed')).toHaveLength(1)
  })

  test('if the token may read the account itself, it is Images that is not enabled', async () => {
    const { accountId } = localAccount
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'stats', effect: 'answer', status: 403, code: 5403 }])
    const surroundings = {
      fetch: async (request: Request) =>
        request.url.endsWith(`accounts/${accountId}`) ? succeed({}) : emulator.fetch(request),
    }
    const { find } = await examine({ surroundings })
    expect(find('account').status).toBe('ok')
    expect(find('allowance')).toMatchObject({
      status: 'failed',
      finding: 'Images is not enabled for this account (HTTP 403, code 5403).',
    })
  })

  test('one that is not there', async () => {
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'stats', effect: 'answer', status: 404, code: 7003 }])
    const { find } = await examine({ emulator })
    expect(find('account')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('no such account'),
    })
  })

  test.each([
    [11, 'ok'],
    [10, 'ok'],
    [9, 'failed'],
  ])('nine images of %d allowed are %s', async (allowedImages, status) => {
    const emulator = createEmulator({ settings: { allowedImages } })
    for (let made = 0; made < 9; made += 1) await upload(emulator, 'public')
    const { find } = await examine({ emulator })
    expect(find('allowance')).toMatchObject({
      status,
      finding: expect.stringContaining(`9 of ${allowedImages}`),
    })
  })

  test('more than nine tenths of the allowance are a warning', async () => {
    const replies = { 'v1/stats': () => succeed({ count: { current: 91, allowed: 100 } }) }
    const { find } = await examine({ replies })
    expect(find('allowance')).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('91 %'),
    })
  })
})

describe('the account hash', () => {
  test.each([
    ['another', 'AnotherHash'],
    ['none', undefined],
  ])('%s in the environment is told what it should be', async (_, hash) => {
    const { find } = await examine({ environment: { CLOUDFLARE_IMAGES_ACCOUNT_HASH: hash } })
    expect(find('account-hash')).toMatchObject({
      status: 'failed',
      fix: `Set CLOUDFLARE_IMAGES_ACCOUNT_HASH to ${localAccount.accountHash}.`,
    })
  })

  test('without leave to make a draft, it is read from the URL of an image', async () => {
    const emulator = createEmulator()
    await upload(emulator, 'public')
    const { find } = await examine({ emulator, environment: read })
    expect(find('account-hash').status).toBe('ok')
    const environment = { ...read, CLOUDFLARE_IMAGES_ACCOUNT_HASH: 'AnotherHash' }
    expect((await examine({ emulator, environment })).find('account-hash').status).toBe('failed')
  })

  test('an id that stands alone in an upload URL is not taken for it', async () => {
    const slot = { id: 'a', uploadURL: 'https://upload.imagedelivery.net/a' }
    const { find } = await examine({ replies: { direct_upload: () => succeed(slot) } })
    expect(find('account-hash').status).toBe('skipped')
  })

  test('without either it is skipped', async () => {
    const { find } = await examine({ environment: read })
    expect(find('account-hash').status).toBe('skipped')
  })
})

describe('variants', () => {
  test('those that are missing are named', async () => {
    const emulator = createEmulator({ variants: [make('thumb')] })
    const { find } = await examine({ emulator, variants: ['thumb', 'wide'] })
    expect(find('variants')).toMatchObject({
      status: 'failed',
      finding: 'There is no variant called public and wide.',
      fix: expect.stringContaining('dashboard'),
    })
  })

  test('one that shows private images to everybody is a warning that names it', async () => {
    const emulator = createEmulator({ variants: [make('public'), make('open', true)] })
    const { find } = await examine({ emulator })
    expect(find('variants').status).toBe('ok')
    expect(find('public-variants')).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('Through open everybody'),
    })
  })

  test.each([
    [89, 'ok'],
    [90, 'warning'],
  ])('%d of them are %s', async (length, status) => {
    const variants = Array.from({ length }, (_, at) => make(at === 0 ? 'public' : `v${at}`))
    const { find } = await examine({ emulator: createEmulator({ variants }) })
    expect(find('variant-count').status).toBe(status)
  })

  test('if they cannot be read, that is what fails', async () => {
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'variants', effect: 'answer', status: 503 }])
    const { find } = await examine({ emulator })
    expect(find('variants')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('HTTP 503'),
    })
    expect(find('public-variants').status).toBe('skipped')
    expect(find('variant-count').status).toBe('skipped')
  })
})
