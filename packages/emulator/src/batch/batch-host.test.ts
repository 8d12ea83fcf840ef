import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import tokenReply from '../../fixtures/batch-token-reply.json' with { type: 'json' }
import { localAccount } from '../options.ts'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'
import type { EmulatorOptions } from '../options.ts'
import type { TestAccount } from '../test-support/account.ts'

type Batch = TestAccount & { readonly batch: TestAccount['api'] }

async function openBatch(options: EmulatorOptions = {}): Promise<Batch> {
  const account = openAccount(options)
  const { result } = await read(await account.api('GET', '/v1/batch_token'))
  const headers = { Authorization: `Bearer ${v.parse(v.string(), result['token'])}` }
  const batch: TestAccount['api'] = (method, path, body) => {
    const url = `https://batch.imagedelivery.net/images${path}`
    return account.emulator.fetch(new Request(url, { method, headers, body: body ?? null }))
  }
  return { ...account, batch }
}

test('issues a token with its end in nanoseconds', async () => {
  const { api } = openAccount()
  const reply = await api('GET', '/v1/batch_token')
  const { result } = await read(reply)
  expect(reply.status).toBe(tokenReply.status)
  expect(Object.keys(result)).toEqual(Object.keys(tokenReply.body.result))
  expect(result['expiresAt']).toBe('2026-11-22T11:00:00.000000000Z')
  expect(tokenReply.body.result.expiresAt).toHaveLength(String(result['expiresAt']).length)
})

test('uploads, shows, changes, lists and deletes without naming the account', async () => {
  const { batch } = await openBatch()
  const uploaded = await batch('POST', '/v1', toForm({ file: svg, id: 'a/b' }))
  expect(uploaded.status).toBe(200)
  expect((await read(await batch('GET', '/v1/a%2Fb'))).result['id']).toBe('a/b')
  const changed = await batch('PATCH', '/v1/a%2Fb', toJson({ creator: 'ann' }))
  expect((await read(changed)).result['creator']).toBe('ann')
  expect((await read(await batch('GET', '/v2'))).result['images']).toHaveLength(1)
  expect((await batch('DELETE', '/v1/a%2Fb')).status).toBe(200)
  expect((await batch('POST', '/v2/direct_upload')).status).toBe(200)
})

test('answers on one port with the others, by its path', async () => {
  const { emulator, api } = openAccount()
  const { result } = await read(await api('GET', '/v1/batch_token'))
  const headers = { Authorization: `Bearer ${String(result['token'])}` }
  const reply = await emulator.fetch(new Request('http://127.0.0.1:8788/images/v2', { headers }))
  expect(reply.status).toBe(200)
})

describe('refuses', () => {
  test('a token of the API, an unknown one and none', async () => {
    const { emulator } = openAccount()
    for (const token of [localAccount.writeToken, 'wrong', '']) {
      const headers = { Authorization: `Bearer ${token}` }
      const reply = await emulator.fetch(
        new Request('https://batch.imagedelivery.net/images/v2', { headers }),
      )
      expect(reply.status).toBe(401)
      expect((await read(reply)).errors[0]?.code).toBe(10000)
    }
  })

  test('a token that has expired', async () => {
    const { batch, clock } = await openBatch({ settings: { batchTokenSeconds: 60 } })
    clock.now += 59_999
    expect((await batch('GET', '/v2')).status).toBe(200)
    clock.now += 1
    expect((await batch('GET', '/v2')).status).toBe(401)
  })

  test('a batch token at the API', async () => {
    const { emulator, api } = openAccount()
    const { result } = await read(await api('GET', '/v1/batch_token'))
    const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v2`
    const headers = { Authorization: `Bearer ${String(result['token'])}` }
    expect((await emulator.fetch(new Request(url, { headers }))).status).toBe(401)
  })

  test('to write with a token that a reader was issued', async () => {
    const { emulator } = openAccount()
    const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v1/batch_token`
    const reader = { Authorization: `Bearer ${localAccount.readToken}` }
    const { result } = await read(await emulator.fetch(new Request(url, { headers: reader })))
    const headers = { Authorization: `Bearer ${String(result['token'])}` }
    const init = { method: 'POST', headers }
    const reply = await emulator.fetch(
      new Request('https://batch.imagedelivery.net/images/v2/direct_upload', init),
    )
    expect(reply.status).toBe(403)
  })

  test.each([
    ['GET', '/v1'],
    ['GET', '/v1/keys'],
    ['GET', '/v1/stats'],
    ['PATCH', '/v1/config'],
    ['GET', '/v1/batch_token'],
    ['POST', '/v1/variants'],
    ['GET', '/v1/one/blob'],
    ['PUT', '/v1/keys/two'],
  ])('%s %s, which it does not have, by name', async (method, path) => {
    const { batch } = await openBatch()
    const reply = await batch(method, path)
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain(path)
  })
})

test('has its own limit of 200 calls a second, which the API does not share', async () => {
  const { batch, api, clock } = await openBatch({
    rateLimit: { requests: 2, windowSeconds: 300 },
  })
  for (let n = 0; n < 200; n += 1) expect((await batch('GET', '/v2')).status).toBe(200)
  const reply = await batch('GET', '/v2')
  expect(reply.status).toBe(429)
  expect(reply.headers.get('Retry-After')).toBe('1')
  expect((await api('GET', '/v1/keys')).status).toBe(200)
  clock.now += 1000
  expect((await batch('GET', '/v2')).status).toBe(200)
})
