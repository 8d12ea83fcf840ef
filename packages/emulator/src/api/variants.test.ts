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
