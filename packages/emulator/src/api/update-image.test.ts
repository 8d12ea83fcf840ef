import { describe, expect, test } from 'vitest'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'
import type { EmulatorOptions } from '../options.ts'
import type { TestAccount } from '../test-support/account.ts'

async function openWith(
  fields: Readonly<Record<string, string>>,
  options: EmulatorOptions = {},
): Promise<TestAccount & { readonly id: string }> {
  const account = openAccount(options)
  const { result } = await read(await account.api('POST', '/v1', toForm({ file: svg, ...fields })))
  return { ...account, id: String(result['id']) }
}

const fields = { metadata: '{"a":1,"b":2}', creator: 'ann' }

test('changes what is named and nothing else', async () => {
  const { api, id } = await openWith(fields)
  const { result } = await read(await api('PATCH', `/v1/${id}`, toJson({ creator: 'ben' })))
  expect(result).toMatchObject({ id, creator: 'ben', meta: { a: 1, b: 2 } })
  expect((await read(await api('GET', `/v1/${id}`))).result).toEqual(result)
})

test('changes nothing where nothing is named', async () => {
  const { api, id } = await openWith(fields)
  const before = (await read(await api('GET', `/v1/${id}`))).result
  expect((await read(await api('PATCH', `/v1/${id}`, toJson({})))).result).toEqual(before)
  expect((await read(await api('PATCH', `/v1/${id}`))).result).toEqual(before)
})

test('replaces metadata as a whole', async () => {
  const { api, id } = await openWith(fields)
  const reply = await api('PATCH', `/v1/${id}`, toJson({ metadata: { c: 3 } }))
  expect((await read(reply)).result['meta']).toEqual({ c: 3 })
})

test('takes null for no creator', async () => {
  const { api, id } = await openWith(fields)
  const reply = await api('PATCH', `/v1/${id}`, toJson({ creator: null }))
  expect((await read(reply)).result).not.toHaveProperty('creator')
})

describe('requireSignedURLs', () => {
  test('moves the image to a new id, and the old one is gone', async () => {
    const { api, get, id } = await openWith(fields)
    const reply = await api('PATCH', `/v1/${id}`, toJson({ requireSignedURLs: true }))
    const { result } = await read(reply)
    const moved = String(result['id'])
    expect(moved).not.toBe(id)
    expect(result).toMatchObject({ requireSignedURLs: true, creator: 'ann' })
    expect((await api('GET', `/v1/${id}`)).status).toBe(404)
    expect((await get(`/${id}/public`)).status).toBe(404)
    expect((await get(`/${moved}/public`)).status).toBe(403)
    expect((await api('GET', `/v1/${moved}/blob`)).status).toBe(200)
  })

  test('keeps the id where the setting says so', async () => {
    const { api, id } = await openWith(fields, { settings: { idAfterAccessChange: 'same' } })
    const reply = await api('PATCH', `/v1/${id}`, toJson({ requireSignedURLs: true }))
    expect((await read(reply)).result['id']).toBe(id)
  })

  test('keeps the id where it does not change', async () => {
    const { api, id } = await openWith(fields)
    const reply = await api('PATCH', `/v1/${id}`, toJson({ requireSignedURLs: false }))
    expect((await read(reply)).result['id']).toBe(id)
  })

  test('cannot be set on an image with a custom id', async () => {
    const { api, id } = await openWith({ id: 'mine' })
    const reply = await api('PATCH', `/v1/${id}`, toJson({ requireSignedURLs: true }))
    expect(reply.status).toBe(400)
    const { errors } = await read(reply)
    expect(errors[0]).toMatchObject({ code: 5411 })
    expect(errors[0]?.message).toContain('custom ID and cannot be set to private')
  })

  test('leaves a draft where its uploader finds it', async () => {
    const { api, slot, upload } = openAccount()
    const { id, uploadURL } = await slot()
    await api('PATCH', `/v1/${id}`, toJson({ requireSignedURLs: true }))
    const { result } = await read(await upload(uploadURL, svg))
    expect(result).toMatchObject({ id, requireSignedURLs: true })
  })
})

test('an image that still looks like a draft keeps its file', async () => {
  const { api, slot, upload, emulator, clock } = openAccount()
  const { id, uploadURL } = await slot()
  emulator.faults.set([{ on: 'upload', effect: 'settle-later', ms: 1000 }])
  await upload(uploadURL, svg)
  const change = { creator: 'ann', requireSignedURLs: true }
  const { result } = await read(await api('PATCH', `/v1/${id}`, toJson(change)))
  expect(result).toMatchObject({ id, draft: true, ...change })
  clock.now += 1000
  expect((await read(await api('GET', `/v1/${id}`))).result).toMatchObject({ id, ...change })
  expect((await api('GET', `/v1/${id}/blob`)).status).toBe(200)
})

describe('refuses', () => {
  test.each([
    { metadata: { a: 'x'.repeat(1018) } },
    { metadata: 'hello' },
    { metadata: [] },
    { metadata: null },
    { requireSignedURLs: 'maybe' },
    { requireSignedURLs: null },
    { creator: 7 },
    { creator: 'a'.repeat(1025) },
    [],
    null,
    'text',
  ])('%j with code 5400', async (body) => {
    const { api, id } = await openWith(fields)
    const reply = await api('PATCH', `/v1/${id}`, toJson(body))
    expect(reply.status).toBe(400)
    expect((await read(reply)).errors[0]?.code).toBe(5400)
  })

  test('what is not JSON', async () => {
    const { api, id } = await openWith(fields)
    expect((await api('PATCH', `/v1/${id}`, new Blob(['{']))).status).toBe(400)
    expect((await api('PATCH', `/v1/${id}`, toForm({ creator: 'x' }))).status).toBe(400)
  })

  test('a field it does not know, by name', async () => {
    const { api, id } = await openWith(fields)
    const reply = await api('PATCH', `/v1/${id}`, toJson({ filename: 'x' }))
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('filename')
  })

  test('an id of no image', async () => {
    const { api } = openAccount()
    expect((await api('PATCH', '/v1/nothing', toJson({ creator: 'x' }))).status).toBe(404)
  })
})
