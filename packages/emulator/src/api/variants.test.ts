import { expect, test } from 'vitest'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'

const options = { fit: 'cover', width: 64, height: 64, metadata: 'none' }

test('lists the variants as an object keyed by name', async () => {
  const { api } = openAccount()
  expect((await read(await api('GET', '/v1/variants'))).result).toEqual({
    variants: {
      public: {
        id: 'public',
        options: { fit: 'scale-down', width: 1366, height: 768, metadata: 'none' },
        neverRequireSignedURLs: false,
      },
    },
  })
})

test('creates a variant that images then show', async () => {
  const { api } = openAccount()
  const reply = await api('POST', '/v1/variants', toJson({ id: 'small', options }))
  const small = { id: 'small', options, neverRequireSignedURLs: false }
  expect((await read(reply)).result).toEqual({ variant: small })
  const image = await read(await api('POST', '/v1', toForm({ file: svg })))
  expect(image.result['variants']).toHaveLength(2)
})

test('refuses the hundred and first variant', async () => {
  const { api } = openAccount()
  for (let n = 2; n <= 100; n += 1) {
    const reply = await api('POST', '/v1/variants', toJson({ id: `v${n}`, options }))
    expect(reply.status).toBe(200)
  }
  const reply = await api('POST', '/v1/variants', toJson({ id: 'v101', options }))
  expect((await read(reply)).errors[0]?.code).toBe(5453)
})

test.each([
  [{ id: 'a'.repeat(100), options }, 'id'],
  [{ id: 'x', options: { ...options, width: 0 } }, 'options.width'],
  [{ id: 'x', options: { ...options, fit: 'squeeze' } }, 'options.fit'],
  [{ id: 'x', options: { fit: 'cover', width: 1 } }, 'options.height'],
])('refuses %j naming %s', async (body, field) => {
  const { api } = openAccount()
  const reply = await api('POST', '/v1/variants', toJson(body))
  expect(reply.status).toBe(400)
  expect((await read(reply)).errors[0]?.message).toContain(field)
})

test('names an option it does not know', async () => {
  const { api } = openAccount()
  const body = toJson({ id: 'x', options: { ...options, blur: 20 } })
  const reply = await api('POST', '/v1/variants', body)
  expect(reply.status).toBe(501)
  expect((await read(reply)).errors[0]?.message).toContain('blur')
})

test('shows one variant, wrapped or flat', async () => {
  const { api } = openAccount()
  const { variant } = (await read(await api('GET', '/v1/variants/public'))).result
  expect(variant).toMatchObject({ id: 'public', options: { fit: 'scale-down', width: 1366 } })
  expect((await read(await api('GET', '/v1/variants/public/flat'))).result).toEqual(variant)
})

test('changes the options as a whole, and who may see it only where that is named', async () => {
  const { api, get } = openAccount()
  const form = toForm({ file: svg, requireSignedURLs: 'true' })
  const { result } = await read(await api('POST', '/v1', form))
  await api('PATCH', '/v1/variants/public', toJson({ options, neverRequireSignedURLs: true }))
  const reply = await api('PATCH', '/v1/variants/public', toJson({ options }))
  expect((await read(reply)).result['variant']).toEqual({
    id: 'public',
    options,
    neverRequireSignedURLs: true,
  })
  expect((await get(`/${String(result['id'])}/public`)).status).toBe(200)
})

test('deletes a variant, also at the delivery host', async () => {
  const { api, get } = openAccount()
  await api('POST', '/v1', toForm({ file: svg, id: 'one' }))
  expect((await get('/one/public')).status).toBe(200)
  expect((await api('DELETE', '/v1/variants/public')).status).toBe(200)
  expect((await get('/one/public')).status).toBe(403)
  expect((await api('GET', '/v1/variants/public')).status).toBe(404)
})

test.each(['flat', 'variants', 'a b', 'ü'])('a variant may be called %s', async (id) => {
  const { api } = openAccount()
  await api('POST', '/v1/variants', toJson({ id, options }))
  const path = `/v1/variants/${encodeURIComponent(id)}`
  expect((await read(await api('GET', path))).result['variant']).toMatchObject({ id })
  expect((await read(await api('GET', `${path}/flat`))).result['id']).toBe(id)
  expect((await api('DELETE', path)).status).toBe(200)
})

test.each(['GET', 'PATCH', 'DELETE'])('%s refuses a variant that is not there', async (method) => {
  const { api } = openAccount()
  const body = method === 'PATCH' ? toJson({ options }) : undefined
  const reply = await api(method, '/v1/variants/none', body)
  expect(reply.status).toBe(404)
  expect((await read(reply)).errors[0]?.code).toBe(5401)
})

test('refuses a change without its options, and names a field it does not know', async () => {
  const { api } = openAccount()
  const none = await api('PATCH', '/v1/variants/public', toJson({ neverRequireSignedURLs: true }))
  expect(none.status).toBe(400)
  const renamed = await api('PATCH', '/v1/variants/public', toJson({ id: 'other', options }))
  expect(renamed.status).toBe(501)
  const unknown = await api('POST', '/v1/variants', toJson({ id: 'x', options, public: true }))
  expect((await read(unknown)).errors[0]?.message).toContain('public')
})
