import { createEmulator, localAccount } from '@lightfast/emulator'
import { describe, expect, test } from 'vitest'
import { examine, succeed, upload } from '../test-support/examine.ts'

describe('signing', () => {
  test('a URL that was signed here shows a private image', async () => {
    const emulator = createEmulator()
    await upload(emulator, 'private')
    const { find } = await examine({ emulator })
    expect(find('signing-key').status).toBe('ok')
    expect(find('signed-url').status).toBe('ok')
    const pictures = emulator.requests().filter(({ path }) => path.endsWith('/public'))
    expect(pictures).toEqual([expect.objectContaining({ method: 'GET', status: 200 })])
  })

  test('one that is refused fails', async () => {
    const emulator = createEmulator()
    await upload(emulator, 'private')
    const replies = { 'v1/keys': () => succeed({ keys: [{ name: 'default', value: 'another' }] }) }
    const { find } = await examine({ emulator, replies })
    expect(find('signed-url')).toMatchObject({
      status: 'failed',
      finding: 'A URL that was signed here was refused with HTTP 403.',
    })
  })

  test('a public image proves nothing, so it is skipped', async () => {
    const emulator = createEmulator()
    await upload(emulator, 'public')
    const { find } = await examine({ emulator })
    expect(find('signed-url')).toMatchObject({
      status: 'skipped',
      finding: expect.stringContaining('no private image'),
    })
  })

  test('a variant that everybody can read proves nothing, so another is taken', async () => {
    const options = { fit: 'cover', width: 8, height: 8, metadata: 'none' } as const
    const open = { id: 'public', options, neverRequireSignedURLs: true }
    const emulator = createEmulator({ variants: [open, { id: 'closed', options }] })
    await upload(emulator, 'private')
    const { find } = await examine({ emulator })
    expect(find('signed-url').status).toBe('ok')
    const paths = emulator.requests().map(({ path }) => path)
    expect(paths.filter((path) => path.endsWith('/closed'))).toHaveLength(1)
  })

  test('a delivery host that cannot be reached is told as that', async () => {
    const emulator = createEmulator()
    await upload(emulator, 'private')
    const replies = { 'imagedelivery.net': () => Promise.reject(new TypeError('fetch failed')) }
    const { find } = await examine({ emulator, replies })
    expect(find('signed-url')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('no connection'),
    })
  })

  test('without a key, no private image can be shown', async () => {
    const { find } = await examine({ replies: { 'v1/keys': () => succeed({ keys: [] }) } })
    expect(find('signing-key').status).toBe('failed')
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'keys', effect: 'answer', status: 403, code: 10000 }])
    expect((await examine({ emulator })).find('signing-key')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('HTTP 403, code 10000'),
    })
  })
})

describe('what is good to have', () => {
  test('a token for the batch host', async () => {
    expect((await examine()).find('batch-token').status).toBe('ok')
    const emulator = createEmulator()
    emulator.faults.set([{ on: 'batch-token', effect: 'answer', status: 403, code: 10000 }])
    expect((await examine({ emulator })).find('batch-token')).toMatchObject({ status: 'warning' })
  })

  test.each([
    [{ flexible_variants: true }, 'ok', 'are on'],
    [{ flexible_variants: false }, 'ok', 'are off'],
    [{}, 'skipped', 'cannot be read'],
    [null, 'skipped', 'cannot be read'],
  ])('flexible variants, read as %j', async (config, status, words) => {
    const { find } = await examine({ replies: { 'v1/config': () => succeed(config) } })
    expect(find('flexible-variants')).toMatchObject({
      status,
      finding: expect.stringContaining(words),
    })
  })

  test('destinations are named without their addresses, which may hold a secret', async () => {
    const hook = { name: 'app', url: 'https://app.example/hook?key=hidden-key' }
    const { find } = await examine({ replies: { 'destinations/webhooks': () => succeed([hook]) } })
    expect(find('notifications')).toEqual({
      name: 'notifications',
      status: 'ok',
      finding: 'Webhooks are set up: app.',
    })
  })

  test('destinations that there are none of, or that may not be read, are skipped with how to look', async () => {
    const none = await examine({ replies: { 'destinations/webhooks': () => succeed([]) } })
    expect(none.find('notifications')).toMatchObject({ status: 'skipped', fix: expect.any(String) })
    const { find } = await examine()
    expect(find('notifications')).toMatchObject({
      status: 'skipped',
      fix: expect.stringContaining('Notifications, Destinations'),
    })
  })
})

test('an answer that makes a check break ends that check only, and is not repeated', async () => {
  const image = { id: '.', requireSignedURLs: true, variants: ['not a URL hidden-value'] }
  const replies = { 'images/v2?': () => succeed({ images: [image] }) }
  const { results, find } = await examine({ replies })
  expect(find('signed-url')).toMatchObject({
    status: 'failed',
    finding: 'The check itself broke (TypeError).',
  })
  expect(find('sqlite').status).toBe('ok')
  expect(JSON.stringify(results)).not.toContain('hidden-value')
})

test('nothing that is found holds a token, a key, a signature or a secret', async () => {
  const secret = 'webhook-secret-of-this-test-0123456789'
  const replies = { batch_token: () => succeed({ token: 'batch-token-hidden', expiresAt: '' }) }
  for (const apiToken of [localAccount.writeToken, localAccount.readToken, 'nobody-knows-this']) {
    const emulator = createEmulator()
    await upload(emulator, 'private')
    const { results } = await examine({
      emulator,
      replies,
      environment: { CLOUDFLARE_API_TOKEN: apiToken, LIGHTFAST_WEBHOOK_SECRET: secret },
    })
    const text = JSON.stringify(results)
    for (const hidden of [
      apiToken,
      secret,
      localAccount.signingKey,
      'batch-token-hidden',
      'sig=',
      'exp=',
    ]) {
      expect(text).not.toContain(hidden)
    }
  }
})
