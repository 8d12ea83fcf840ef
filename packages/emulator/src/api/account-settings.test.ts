import { describe, expect, test } from 'vitest'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'

describe('the settings of the account', () => {
  test('begin with named variants only and two days', async () => {
    expect((await read(await openAccount().api('GET', '/v1/config'))).result).toEqual({
      flexible_variants: false,
      browser_ttl: 172_800,
    })
  })

  test('are changed one by one', async () => {
    const { api } = openAccount()
    await api('PATCH', '/v1/config', toJson({ flexible_variants: true }))
    const reply = await api('PATCH', '/v1/config', toJson({ browser_ttl: 3600 }))
    expect((await read(reply)).result).toEqual({ flexible_variants: true, browser_ttl: 3600 })
  })

  test.each([
    { browser_ttl: 3599 },
    { browser_ttl: 31_536_001 },
    { browser_ttl: 3600.5 },
    { browser_ttl: '3600' },
    { browser_ttl: null },
    { flexible_variants: 'true' },
    [],
  ])('refuse %j', async (body) => {
    const reply = await openAccount().api('PATCH', '/v1/config', toJson(body))
    expect(reply.status).toBe(400)
    expect((await read(reply)).errors[0]?.code).toBe(5400)
  })

  test('name one that is not emulated and change nothing', async () => {
    const { api } = openAccount()
    const body = toJson({ flexible_variants: true, webhook: 'x' })
    const reply = await api('PATCH', '/v1/config', body)
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('webhook')
    expect((await read(await api('GET', '/v1/config'))).result['flexible_variants']).toBe(false)
  })
})

describe('the statistics', () => {
  test('count images and no drafts', async () => {
    const { api, slot } = openAccount()
    await slot()
    await api('POST', '/v1', toForm({ file: svg }))
    expect((await read(await api('GET', '/v1/stats'))).result).toEqual({
      count: { current: 1, allowed: 100_000 },
    })
  })

  test('mean what they say: the image too many is refused', async () => {
    const { api } = openAccount({ settings: { allowedImages: 1 } })
    await api('POST', '/v1', toForm({ file: svg }))
    const reply = await api('POST', '/v1', toForm({ file: svg }))
    expect((await read(reply)).errors[0]?.code).toBe(5453)
  })
})

describe('the original', () => {
  test('comes back byte by byte, with its type', async () => {
    const { api } = openAccount()
    await api('POST', '/v1', toForm({ file: svg, id: 'a/b' }))
    const reply = await api('GET', '/v1/a%2Fb/blob')
    expect(reply.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(await reply.text()).toBe(await svg.text())
  })

  test('of a private image comes to whoever may use the API', async () => {
    const { api } = openAccount()
    const form = toForm({ file: svg, requireSignedURLs: 'true' })
    const { result } = await read(await api('POST', '/v1', form))
    expect((await api('GET', `/v1/${String(result['id'])}/blob`)).status).toBe(200)
  })

  test('of a draft is not there', async () => {
    const { api, slot } = openAccount()
    const reply = await api('GET', `/v1/${(await slot()).id}/blob`)
    expect(reply.status).toBe(404)
    expect((await read(reply)).errors[0]?.code).toBe(5404)
  })
})

test.each([
  ['list', 'GET', '/v1'],
  ['list', 'GET', '/v2'],
  ['details', 'GET', '/v1/x'],
  ['update', 'PATCH', '/v1/x'],
  ['delete', 'DELETE', '/v1/x'],
  ['blob', 'GET', '/v1/x/blob'],
  ['stats', 'GET', '/v1/stats'],
  ['keys', 'PUT', '/v1/keys/x'],
  ['variants', 'GET', '/v1/variants/public'],
  ['config', 'PATCH', '/v1/config'],
  ['batch-token', 'GET', '/v1/batch_token'],
] as const)('the step %s can be made to fail at %s %s', async (on, method, path) => {
  const { api } = openAccount({ faults: [{ on, effect: 'answer', status: 503, times: 1 }] })
  expect((await api(method, path)).status).toBe(503)
  expect((await api(method, path)).status).not.toBe(503)
})
