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

test.each([
  ['GET', '/v1'],
  ['GET', '/v2'],
  ['GET', '/v1/stats'],
  ['PATCH', '/v1/config'],
  ['PATCH', '/v1/some-image'],
  ['GET', '/v1/some-image/blob'],
  ['PUT', '/v1/keys/second'],
  ['DELETE', '/v1/variants/public'],
  ['GET', '/v1/batch_token'],
])('names %s %s as not emulated', async (method, path) => {
  const reply = await call(localAccount.writeToken, method, `${images}${path}`)
  expect(reply.status).toBe(501)
  expect((await read(reply)).errors[0]?.message).toContain(path)
})

test('shows the signing keys in clear', async () => {
  const reply = await call(localAccount.readToken, 'GET', `${images}/v1/keys`)
  expect((await read(reply)).result).toEqual({
    keys: [{ name: 'default', value: localAccount.signingKey }],
  })
})
