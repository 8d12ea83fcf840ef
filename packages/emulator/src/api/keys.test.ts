import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { localAccount } from '../options.ts'
import { openAccount, read, sign, svg, toForm } from '../test-support/account.ts'

const keysSchema = v.object({
  keys: v.array(v.strictObject({ name: v.string(), value: v.string() })),
})

const keysOf = async (reply: Response): Promise<readonly { name: string; value: string }[]> =>
  v.parse(keysSchema, (await read(reply)).result).keys

test('shows the signing keys in clear', async () => {
  const { api } = openAccount()
  expect(await keysOf(await api('GET', '/v1/keys'))).toEqual([
    { name: 'default', value: localAccount.signingKey },
  ])
})

test('creates a key and answers with all of them', async () => {
  const { api } = openAccount()
  const keys = await keysOf(await api('PUT', '/v1/keys/second'))
  expect(keys.map(({ name }) => name)).toEqual(['default', 'second'])
  expect(keys[1]?.value).toMatch(/^[0-9a-f]{64}$/)
  expect(await keysOf(await api('GET', '/v1/keys'))).toEqual(keys)
})

test('makes a new value for a name that is there, or keeps it as the setting says', async () => {
  const { api } = openAccount()
  const [renewed] = await keysOf(await api('PUT', '/v1/keys/default'))
  expect(renewed?.value).not.toBe(localAccount.signingKey)
  const keeping = openAccount({ settings: { repeatedKey: 'same' } })
  const [kept] = await keysOf(await keeping.api('PUT', '/v1/keys/default'))
  expect(kept?.value).toBe(localAccount.signingKey)
})

test('a deleted key signs nothing any more', async () => {
  const { api, get } = openAccount()
  const form = toForm({ file: svg, requireSignedURLs: 'true' })
  const { result } = await read(await api('POST', '/v1', form))
  const path = `/${String(result['id'])}/public?exp=1900000000`
  const signed = `${path}&sig=${await sign(`/${localAccount.accountHash}${path}`)}`
  await api('PUT', '/v1/keys/second')
  expect((await get(signed)).status).toBe(200)
  await api('DELETE', '/v1/keys/default')
  expect((await get(signed)).status).toBe(403)
})

test('deleting the last key makes a new one named default', async () => {
  const { api } = openAccount()
  const keys = await keysOf(await api('DELETE', '/v1/keys/default'))
  expect(keys).toHaveLength(1)
  expect(keys[0]?.name).toBe('default')
  expect(keys[0]?.value).not.toBe(localAccount.signingKey)
})

describe('refuses', () => {
  test('a name of more than 20 characters', async () => {
    const { api } = openAccount()
    expect((await api('PUT', `/v1/keys/${'a'.repeat(20)}`)).status).toBe(200)
    const reply = await api('PUT', `/v1/keys/${'a'.repeat(21)}`)
    expect(reply.status).toBe(400)
    expect((await read(reply)).errors[0]?.code).toBe(5400)
  })

  test('to delete a key that is not there', async () => {
    expect((await openAccount().api('DELETE', '/v1/keys/other')).status).toBe(404)
  })
})
