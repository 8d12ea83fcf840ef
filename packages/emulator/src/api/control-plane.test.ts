import { describe, expect, test } from 'vitest'
import { localAccount } from '../options.ts'
import { openAccount, read } from '../test-support/account.ts'

async function call(token: string | undefined, method: string, path: string): Promise<Response> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  return openAccount().emulator.fetch(
    new Request(`https://api.cloudflare.com/client/v4${path}`, { method, headers }),
  )
}

const images = `/accounts/${localAccount.accountId}/images`

describe('access', () => {
  test.each([undefined, 'wrong'])('refuses the token %s with code 10000', async (token) => {
    const reply = await call(token, 'GET', `${images}/v1/keys`)
    expect(reply.status).toBe(401)
    expect((await read(reply)).errors).toEqual([{ code: 10000, message: 'Authentication error' }])
  })

  test('lets a read token read and not write', async () => {
    expect((await call(localAccount.readToken, 'GET', `${images}/v1/keys`)).status).toBe(200)
    const reply = await call(localAccount.readToken, 'POST', `${images}/v2/direct_upload`)
    expect(reply.status).toBe(403)
  })

  test('refuses another account', async () => {
    const path = `/accounts/${'f'.repeat(32)}/images/v1/keys`
    const reply = await call(localAccount.writeToken, 'GET', path)
    expect((await read(reply)).errors[0]?.code).toBe(5403)
  })

  test('gives no browser leave to call the API', async () => {
    const reply = await call(undefined, 'OPTIONS', `${images}/v2/direct_upload`)
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

describe('names as not emulated', () => {
  test.each([
    ['POST', '/v1/direct_upload'],
    ['GET', '/v2/sourcingkit/sources'],
    ['POST', '/v2/sourcingkit/migrations'],
    ['GET', '/v3'],
  ])('%s %s', async (method, path) => {
    const reply = await call(localAccount.writeToken, method, `${images}${path}`)
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain(path)
  })

  test('a parameter of a list', async () => {
    const reply = await call(localAccount.readToken, 'GET', `${images}/v2?limit=10`)
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('limit')
  })
})

describe('refuses', () => {
  test.each([
    ['PUT', '/v1'],
    ['DELETE', '/v2'],
    ['GET', '/v2/direct_upload'],
    ['POST', '/v1/stats'],
    ['DELETE', '/v1/config'],
    ['POST', '/v1/keys/default'],
    ['PUT', '/v1/variants/public'],
    ['POST', '/v1/variants/public/flat'],
    ['PUT', '/v1/some-image'],
    ['DELETE', '/v1/some-image/blob'],
  ])('the method of %s %s with 405', async (method, path) => {
    const reply = await call(localAccount.writeToken, method, `${images}${path}`)
    expect(reply.status).toBe(405)
    expect((await read(reply)).errors[0]?.code).toBe(10405)
  })

  test.each(['/v1/', '/v2/', '/v1/one/', '/v1/a/b', '/v1/keys/a/b', '/v1/a/b/blob', '/v2/one'])(
    'the path %s as one without a route',
    async (path) => {
      const reply = await call(localAccount.writeToken, 'GET', `${images}${path}`)
      expect(reply.status).toBe(404)
      expect((await read(reply)).errors[0]?.code).toBe(7003)
    },
  )

  test.each([
    'a%252Fb',
    '%',
    '%E0%A4%A',
    '%00',
    '%3F',
    '%25',
    '%F0%9F%98%80',
    'a'.repeat(1025),
    '..%2F..%2Fetc%2Fpasswd',
    '__proto__',
    'constructor',
  ])('the id %s as one of no image', async (id) => {
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const reply = await call(localAccount.writeToken, method, `${images}/v1/${id}`)
      expect(reply.status).toBe(404)
      expect((await read(reply)).errors[0]?.code).toBe(5404)
    }
    const blob = await call(localAccount.writeToken, 'GET', `${images}/v1/${id}/blob`)
    expect(blob.status).toBe(404)
  })
})

const keyed = async (headers: Record<string, string>, withKeys: boolean): Promise<Response> => {
  const apiKeys = withKeys ? [{ email: 'ann@example.com', key: 'local-key' }] : []
  const { emulator } = openAccount({ apiKeys })
  const url = `https://api.cloudflare.com/client/v4${images}/v2/direct_upload`
  return emulator.fetch(new Request(url, { method: 'POST', headers }))
}

test('names a path outside the API as not emulated, and takes it for no other host’s', async () => {
  const { emulator } = openAccount()
  for (const method of ['GET', 'POST', 'OPTIONS', 'PUT']) {
    const request = new Request('https://api.cloudflare.com/images/v2', { method })
    expect((await emulator.fetch(request)).status).toBe(501)
  }
})

describe('a global key', () => {
  test('may do everything with the address of its owner, and nothing with another', async () => {
    const key = { 'X-Auth-Key': 'local-key' }
    expect((await keyed({ ...key, 'X-Auth-Email': 'ann@example.com' }, true)).status).toBe(200)
    expect((await keyed({ ...key, 'X-Auth-Email': 'ben@example.com' }, true)).status).toBe(401)
    expect((await keyed(key, true)).status).toBe(401)
  })

  test('is named as not emulated where the account has none', async () => {
    const reply = await keyed({ 'X-Auth-Key': 'local-key' }, false)
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('apiKeys')
  })
})

test('answers HEAD like GET, without a body', async () => {
  const reply = await call(localAccount.readToken, 'HEAD', `${images}/v1/stats`)
  expect(reply.status).toBe(200)
  expect(await reply.text()).toBe('')
  expect((await call(localAccount.readToken, 'HEAD', `${images}/v1/nothing`)).status).toBe(404)
})
