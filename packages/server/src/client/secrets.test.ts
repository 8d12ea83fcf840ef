/** No endpoint, failing in any way, may tell a secret in its error or in an event. */
import { localAccount } from '@lightfast/emulator'
import { expect, test } from 'vitest'
import { makePicture, openAccount } from '../test-support/open-account.ts'
import type { ImagesClient } from './create-images-client.ts'

const batchToken = 'batch-token-that-nobody-may-see'
const secrets = [
  localAccount.accountId,
  localAccount.writeToken,
  batchToken,
  'Bearer',
  'signed-away',
  'cloudflare.com',
  'imagedelivery.net',
  'pass-word',
  'cats/tom',
]

/** All that a reply could repeat. */
const told = `{"token":"${batchToken}"} ${localAccount.writeToken} ${localAccount.accountId}
  https://upload.imagedelivery.net/hash/secret-slot ?sig=signed-away&exp=1 Bearer ${localAccount.writeToken}`

const calls: Readonly<Record<string, (client: ImagesClient) => Promise<unknown>>> = {
  'images.upload': ({ images }) =>
    images.upload(
      { file: makePicture() },
      { privacy: 'public', id: 'cats/tom', metadata: { attemptId: 'a' } },
    ),
  'images.upload by url': ({ images }) =>
    images.upload(
      { url: 'https://ada:pass-word@a.example/?sig=signed-away' },
      { privacy: 'private' },
    ),
  'images.get': ({ images }) => images.get('cats/tom'),
  'images.list': ({ images }) => images.list({ continuationToken: 'signed-away' }).next(),
  'images.listPage': ({ images }) => images.listPage({ creator: 'signed-away' }),
  'images.update': ({ images }) => images.update('cats/tom', { privacy: 'public' }),
  'images.delete': ({ images }) => images.delete('cats/tom'),
  'images.blob': ({ images }) => images.blob('cats/tom'),
  'directUploads.create': ({ directUploads }) =>
    directUploads.create({ privacy: 'private', expiresAt: Date.now() + 1_800_000 }),
  'variants.list': ({ variants }) => variants.list(),
  'variants.get': ({ variants }) => variants.get('tiny'),
  'variants.create': ({ variants }) =>
    variants.create({ id: 'tiny', fit: 'pad', width: 1, height: 1 }),
  'variants.update': ({ variants }) => variants.update('tiny', { fit: 'pad', width: 1, height: 1 }),
  'variants.delete': ({ variants }) => variants.delete('tiny'),
  'keys.list': ({ keys }) => keys.list(),
  'keys.create': ({ keys }) => keys.create('second'),
  'keys.delete': ({ keys }) => keys.delete('default'),
  'stats.get': ({ stats }) => stats.get(),
  'config.update': ({ config }) => config.update({ flexibleVariants: true }),
}

const failures: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  'the network': async ({ url, headers }) => {
    throw new TypeError(`fetch failed: ${url} ${headers.get('authorization')}`)
  },
  'an outage in words': async () => new Response(told, { status: 502 }),
  'an outage in JSON': async () =>
    Response.json(
      { success: false, errors: [{ code: 5500, message: told }], result: told },
      { status: 500 },
    ),
  'a line of text': async () => new Response(`ERROR 5400: ${told}`, { status: 400 }),
  'another shape': async () =>
    Response.json({ success: true, result: { [told]: told, keys: told, id: 5 } }),
  'half an answer': async () => new Response(`{"success":true,"result":{"value":"signed-away`),
  'strange headers': async () =>
    new Response('', {
      status: 500,
      headers: { 'cf-ray': 'signed-away?a b', 'content-type': 'signed-away; a' },
    }),
  'a refusal': async ({ url }) => new Response(url, { status: 403 }),
}

const cases = Object.keys(calls).flatMap((call) => Object.keys(failures).map((how) => [call, how]))

test.each(cases)('%s tells no secret when %s fails it', async (name, how) => {
  const grant = { token: batchToken, expiresAt: new Date(Date.now() + 3_600_000).toISOString() }
  const { client, events } = openAccount({
    fetch: async (request) =>
      request.url.endsWith('batch_token')
        ? Response.json({ success: true, result: grant })
        : (failures[how ?? '']?.(request) ?? Response.error()),
  })
  const ended = await calls[name ?? '']?.(client).catch((error: unknown) => error)
  if (how === 'another shape' && /delete|update/.test(name ?? '')) return
  expect(ended).toMatchObject({ name: 'ImagesError' })
  const { message = '', stack = '' } = ended instanceof Error ? ended : {}
  const all = [
    message,
    stack.split('\n    at ')[0],
    JSON.stringify(ended),
    JSON.stringify(events),
  ].join('\n')
  for (const secret of secrets) expect(all).not.toContain(secret)
})
