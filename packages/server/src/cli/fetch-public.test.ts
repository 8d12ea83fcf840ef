import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { fetchPublic, isPublic } from './fetch-public.ts'

/** Serves what a listener answers, and answers its address. */
async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
}

const anywhere = { hosts: 'any', timeoutMs: 10_000 } as const

test.each([
  ['1.1.1.1', true],
  ['2606:4700:4700::1111', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['224.0.0.1', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['nobody', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected)
})

test.each([
  ['file:///etc/passwd', 'Only addresses of http and https can be asked.'],
  ['http://me:secret@example.com/a.png', 'An address must not hold a password.'],
  ['http://[', 'The address cannot be read.'],
])('%s is refused', async (url, message) => {
  await expect(fetchPublic(url, anywhere)).rejects.toMatchObject({
    code: 'invalid_request',
    message,
  })
})

test.each(['http://127.0.0.1/', 'http://localhost/', 'http://[::1]/', 'http://0x7f.1/'])(
  '%s is not asked',
  async (url) => {
    const asked = fetchPublic(url, { hosts: 'public', timeoutMs: 10_000 })
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
  },
)

test('follows a redirect, but not to another kind of address, and not without end', async () => {
  const url = await listen(({ url }, reply) => {
    if (url === '/round') reply.writeHead(302, { location: '/round' }).end()
    else if (url === '/out') reply.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else if (url === '/one') reply.writeHead(307, { location: 'two' }).end()
    else reply.end('here')
  })
  const { body } = await fetchPublic(`${url}one`, anywhere)
  expect(await new Response(body).text()).toBe('here')
  await expect(fetchPublic(`${url}out`, anywhere)).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(fetchPublic(`${url}round`, anywhere)).rejects.toMatchObject({ code: 'host_refused' })
})

test.each([
  [404, 'not_found'],
  [403, 'forbidden'],
  [418, 'host_refused'],
  [503, 'server_unreachable'],
])('an answer of %i is %s', async (status, code) => {
  const url = await listen((_, reply) => reply.writeHead(status, { 'retry-after': '7' }).end())
  await expect(fetchPublic(url, anywhere)).rejects.toMatchObject({ code, retryAfterMs: 7000 })
})

test('an answer that is packed is not taken for a picture', async () => {
  const url = await listen((_, reply) => reply.writeHead(200, { 'content-encoding': 'br' }).end())
  await expect(fetchPublic(url, anywhere)).rejects.toMatchObject({ code: 'host_refused' })
})

test('one that never answers, or not to the end, is given up in time', async () => {
  const url = await listen(({ url }, reply) => {
    if (url === '/half') reply.write('half')
  })
  const soon = { hosts: 'any', timeoutMs: 200 } as const
  await expect(fetchPublic(url, soon)).rejects.toMatchObject({
    code: 'server_unreachable',
    message: 'The address did not answer in time.',
  })
  const { body } = await fetchPublic(`${url}half`, soon)
  await expect(new Response(body).text()).rejects.toThrow()
})

test('where nobody listens it says so, and not where that is', async () => {
  const url = await listen(() => undefined)
  const asked = fetchPublic(url.replace(/:\d+/, ':1'), anywhere)
  await expect(asked).rejects.toMatchObject({
    code: 'server_unreachable',
    message: 'The address could not be reached, or broke off.',
  })
})
