import { describe, expect, test } from 'vitest'
import limited from '../../fixtures/rate-limited-reply.json' with { type: 'json' }
import { localAccount } from '../options.ts'
import { openAccount, read, svg } from '../test-support/account.ts'

const rateLimit = { requests: 3, windowSeconds: 300 }

describe('below the limit', () => {
  test('every reply says how many calls are left and in how many seconds all are there again', async () => {
    const { api, clock } = openAccount()
    const first = await api('GET', '/v1/stats')
    expect(first.headers.get('Ratelimit')).toBe('"default";r=1199;t=300')
    expect(first.headers.get('Ratelimit-Policy')).toBe('"default";q=1200;w=300')
    expect(first.headers.get('Retry-After')).toBeNull()
    clock.now += 1500
    const second = await api('GET', '/v1/nothing')
    expect(second.status).toBe(404)
    expect(second.headers.get('Ratelimit')).toBe('"default";r=1198;t=299')
  })

  test('a refusal of the token and what is not emulated count and say so too', async () => {
    const { emulator } = openAccount()
    const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v1`
    const reply = await emulator.fetch(new Request(url))
    expect(reply.status).toBe(401)
    expect(reply.headers.get('Ratelimit')).toBe('"default";r=1199;t=300')
  })
})

describe('above the limit', () => {
  test('the 1201st call in five minutes is refused', async () => {
    const { api } = openAccount()
    for (let n = 0; n < 1200; n += 1) await api('GET', '/v1/keys')
    const reply = await api('GET', '/v1/keys')
    expect(reply.status).toBe(limited.status)
    expect([...reply.headers.keys()]).toEqual(expect.arrayContaining(limited.headers))
    expect((await read(reply)).errors).toEqual(limited.errors)
  })

  test('all calls are refused for the next five minutes, however near the window’s end', async () => {
    const { api, clock } = openAccount({ rateLimit })
    for (let n = 0; n < 3; n += 1) expect((await api('GET', '/v1/keys')).status).toBe(200)
    clock.now += 299_000
    const reply = await api('POST', '/v2/direct_upload')
    expect(reply.status).toBe(429)
    expect(reply.headers.get('Retry-After')).toBe('300')
    expect(reply.headers.get('Ratelimit')).toBe('"default";r=0;t=300')
    expect((await read(reply)).errors[0]?.code).toBe(971)
    clock.now += 299_001
    expect((await api('GET', '/v1/keys')).headers.get('Retry-After')).toBe('1')
    clock.now += 999
    expect((await api('GET', '/v1/keys')).status).toBe(200)
  })

  test('another token, the upload host and the delivery host are not concerned', async () => {
    const { emulator, api, slot, upload, get } = openAccount({ rateLimit })
    const { id, uploadURL } = await slot()
    for (let n = 0; n < 3; n += 1) await api('GET', '/v1/keys')
    expect((await api('GET', '/v1/keys')).status).toBe(429)
    expect((await upload(uploadURL, svg)).status).toBe(200)
    expect((await get(`/${id}/public`)).status).toBe(200)
    const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v1/keys`
    const headers = { Authorization: `Bearer ${localAccount.readToken}` }
    expect((await emulator.fetch(new Request(url, { headers }))).status).toBe(200)
  })

  test('the answer is the setting’s', async () => {
    const rateLimited = { status: 429, code: 10429, message: 'Slow down' }
    const { api } = openAccount({
      rateLimit: { requests: 0, windowSeconds: 1 },
      settings: { rateLimited },
    })
    expect((await read(await api('GET', '/v1/keys'))).errors).toEqual([
      { code: 10429, message: 'Slow down' },
    ])
  })
})

test('turned off, nothing is counted and nothing is said', async () => {
  const { api } = openAccount({ rateLimit: 'off' })
  for (let n = 0; n < 1300; n += 1) await api('GET', '/v1/keys')
  const reply = await api('GET', '/v1/keys')
  expect(reply.status).toBe(200)
  expect(reply.headers.get('Ratelimit')).toBeNull()
})
