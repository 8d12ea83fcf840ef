import { describe, expect, test } from 'vitest'
import directUploadReply from '../../fixtures/direct-upload-reply.json' with { type: 'json' }
import draftReply from '../../fixtures/draft-reply.json' with { type: 'json' }
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function refusal(fields: Record<string, string>): Promise<number | undefined> {
  const reply = await openAccount().api('POST', '/v2/direct_upload', toForm(fields))
  return (await read(reply)).errors[0]?.code
}

test('answers as documented', async () => {
  const { api } = openAccount()
  const reply = await api('POST', '/v2/direct_upload')
  const envelope = await read(reply)
  expect(reply.status).toBe(directUploadReply.status)
  expect(Object.keys(envelope.result)).toEqual(Object.keys(directUploadReply.body.result))
  expect(envelope).toMatchObject({ success: true, errors: [], messages: [] })
  expect(envelope.result['id']).toMatch(uuid)
  expect(envelope.result['uploadURL']).toBe(
    `https://upload.imagedelivery.net/Loca1Emu1at0rAcc0unt_A/${String(envelope.result['id'])}`,
  )
})

test('takes JSON as well as a form', async () => {
  const { api } = openAccount()
  const fields = { requireSignedURLs: true, metadata: { a: 1 }, creator: 'ann' }
  const reply = await api('POST', '/v2/direct_upload', toJson(fields))
  const { result } = await read(reply)
  const details = await read(await api('GET', `/v1/${String(result['id'])}`))
  expect(details.result).toMatchObject({ requireSignedURLs: true, meta: { a: 1 }, creator: 'ann' })
})

test('makes a draft that details show and delivery does not', async () => {
  const { api, slot, get } = openAccount()
  const { id } = await slot()
  const { result } = await read(await api('GET', `/v1/${id}`))
  const { metadata: meta, ...documented } = draftReply.body.result
  expect(Object.keys(result).toSorted()).toEqual(Object.keys({ ...documented, meta }).toSorted())
  expect(result['draft']).toBe(true)
  expect((await get(`/${id}/public`)).status).toBe(404)
})

test('drops the field draft once the file has arrived', async () => {
  const { api, slot, upload } = openAccount()
  const { id, uploadURL } = await slot()
  await upload(uploadURL, svg)
  expect((await read(await api('GET', `/v1/${id}`))).result).not.toHaveProperty('draft')
})

test('percent-encodes a custom id in the upload URL', async () => {
  const { slot, upload } = openAccount()
  const { uploadURL } = await slot({ id: 'prod/moment/1' })
  expect(uploadURL).toContain('/prod%2Fmoment%2F1')
  expect((await upload(uploadURL, svg)).status).toBe(200)
})

describe('refuses', () => {
  test('a custom id on a private image', async () => {
    expect(await refusal({ id: 'mine', requireSignedURLs: 'true' })).toBe(5411)
  })
  test('a UUID as custom id', async () => {
    expect(await refusal({ id: '2cdc28f0-017a-49c4-9ed7-87056c839010' })).toBe(5411)
  })
  test('a custom id with a slash at an end', async () => {
    expect(await refusal({ id: '/mine' })).toBe(5411)
    expect(await refusal({ id: 'mine/' })).toBe(5411)
  })
  test('a custom id of 1025 characters', async () => {
    expect(await refusal({ id: 'a'.repeat(1025) })).toBe(5411)
    expect(await refusal({ id: 'a'.repeat(1024) })).toBeUndefined()
  })
  test('metadata of more than 1024 bytes, counted as UTF-8', async () => {
    expect(await refusal({ metadata: JSON.stringify({ a: 'é'.repeat(512) }) })).toBe(5400)
    expect(await refusal({ metadata: JSON.stringify({ a: 'é'.repeat(500) }) })).toBeUndefined()
  })
  test('metadata that is not a JSON object', async () => {
    expect(await refusal({ metadata: 'hello' })).toBe(5400)
  })
  test('an expiry nearer than two minutes or further than six hours', async () => {
    expect(await refusal({ expiry: '2026-11-22T10:01:59Z' })).toBe(5400)
    expect(await refusal({ expiry: '2026-11-22T10:02:00Z' })).toBeUndefined()
    expect(await refusal({ expiry: '2026-11-22T16:00:00Z' })).toBeUndefined()
    expect(await refusal({ expiry: '2026-11-22T16:00:01Z' })).toBe(5400)
  })
  test('an expiry that is not RFC 3339', async () => {
    expect(await refusal({ expiry: '22 Nov 2026 11:00' })).toBe(5400)
  })
})
