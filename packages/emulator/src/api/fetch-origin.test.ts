import { describe, expect, test } from 'vitest'
import { openAccount, read, svg, toForm } from '../test-support/account.ts'
import type { EmulatorOptions } from '../options.ts'

const picture = 'https://example.com/pictures/a%20cat.svg'

async function send(
  url: string,
  options: EmulatorOptions,
): Promise<{ readonly status: number; readonly code: number | undefined; readonly text: string }> {
  const reply = await openAccount(options).api('POST', '/v1', toForm({ url }))
  const text = await reply.clone().text()
  return { status: reply.status, code: (await read(reply)).errors[0]?.code, text }
}

const answer =
  (make: (request: Request) => Response): NonNullable<EmulatorOptions['fetch']> =>
  async (request) =>
    make(request)

const redirectTo = (location: string): NonNullable<EmulatorOptions['fetch']> =>
  answer(({ url }) =>
    url === picture
      ? new Response(null, { status: 302, headers: { Location: location } })
      : new Response(svg),
  )

test('keeps the file an address leads to, under the last part of its path', async () => {
  const { api } = openAccount({ fetch: answer(() => new Response(svg)) })
  const reply = await api('POST', '/v1', toForm({ url: picture, id: 'cat' }))
  expect((await read(reply)).result).toMatchObject({ id: 'cat', filename: 'a cat.svg' })
  expect(await (await api('GET', '/v1/cat/blob')).text()).toBe(await svg.text())
})

test('sends the name and password of the address as basic authentication, and not within it', async () => {
  const seen: Request[] = []
  const fetch = answer((request) => {
    seen.push(request)
    return new Response(svg)
  })
  expect((await send('https://ann:p%40ss@example.com/a.svg', { fetch })).status).toBe(200)
  expect(seen[0]?.headers.get('Authorization')).toBe(`Basic ${btoa('ann:p@ss')}`)
  expect(seen[0]?.url).toBe('https://example.com/a.svg')
})

test('takes no password along to another host', async () => {
  const seen: (string | null)[] = []
  const fetch = answer((request) => {
    seen.push(request.headers.get('Authorization'))
    const { hostname } = new URL(request.url)
    if (hostname === 'example.org') return new Response(svg)
    return new Response(null, { status: 302, headers: { Location: 'https://example.org/a.svg' } })
  })
  await send('https://ann:pass@example.com/a.svg', { fetch })
  expect(seen).toEqual([`Basic ${btoa('ann:pass')}`, null])
})

const inside = async (): Promise<string[]> => ['93.184.216.34', '10.0.0.1']
const nowhere = (): Promise<never> => Promise.reject(new Error('ENOTFOUND'))

describe('refuses with code 5454', () => {
  test.each([
    'ftp://example.com/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'a.png',
    '',
  ])('the address %s', async (url) => {
    const { status, code } = await send(url, { fetch: answer(() => new Response(svg)) })
    expect([status, code]).toEqual([400, 5454])
  })

  test.each([
    ['an origin that answers 404', answer(() => new Response('no', { status: 404 }))],
    ['a redirect to nowhere', redirectTo('http://')],
    ['a redirect to another protocol', redirectTo('ftp://example.com/a')],
    ['redirects without an end', redirectTo(picture)],
    ['an origin that cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'an origin that breaks off',
      answer(() => new Response(new ReadableStream({ start: (it) => it.error(new Error('cut')) }))),
    ],
  ] as const)('%s', async (_, fetch) => {
    const { status, code } = await send(picture, { fetch })
    expect([status, code]).toEqual([400, 5454])
  })

  test.each([
    ['an origin that never answers', () => new Promise<Response>(() => {})],
    ['an origin that never ends', answer(() => new Response(new ReadableStream()))],
  ] as const)('%s, at the deadline', async (_, fetch) => {
    const { code } = await send(picture, { fetch, settings: { urlTimeoutMs: 10 } })
    expect(code).toBe(5454)
  })

  test('this machine and its network, without asking them', async () => {
    let asked = 0
    const fetch = answer(() => {
      asked += 1
      return new Response(svg)
    })
    for (const url of ['http://127.0.0.1/a', 'http://169.254.169.254/', 'http://localhost:8788/a'])
      expect((await send(url, { fetch })).code).toBe(5454)
    expect(asked).toBe(0)
  })

  test('the same after a redirect', async () => {
    const { code } = await send(picture, { fetch: redirectTo('http://169.254.169.254/latest') })
    expect(code).toBe(5454)
  })

  test('a name that leads to a private address, and one that leads nowhere', async () => {
    const fetch = answer(() => new Response(svg))
    expect((await send(picture, { fetch, resolveHost: inside })).code).toBe(5454)
    expect((await send(picture, { fetch, resolveHost: nowhere })).code).toBe(5454)
  })

  test('never repeating the address, which may hold a password', async () => {
    const { text } = await send('http://ann:secret@127.0.0.1/private.png', {})
    expect(text).not.toMatch(/secret|private\.png/)
  })
})

test('reaches this machine where it is allowed to', async () => {
  const fetch = answer(() => new Response(svg))
  expect((await send('http://127.0.0.1/a.svg', { fetch, allowPrivateUrls: true })).status).toBe(200)
})

test('judges the file as it does any other', async () => {
  expect((await send(picture, { fetch: answer(() => new Response('text')) })).code).toBe(5455)
})

test('leaves a file that is too large where the limit is', async () => {
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1024 * 1024
      controller.enqueue(new Uint8Array(1024 * 1024))
    },
  })
  const { code } = await send(picture, { fetch: answer(() => new Response(endless)) })
  expect(code).toBe(5413)
  expect(sent).toBeLessThan(13 * 1024 * 1024)
})

test('refuses a form with both a file and an address', async () => {
  const reply = await openAccount().api('POST', '/v1', toForm({ file: svg, url: picture }))
  expect((await read(reply)).errors[0]?.code).toBe(5400)
})
