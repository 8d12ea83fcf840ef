import { describe, expect, test } from 'vitest'
import imageReply from '../../fixtures/image-reply.json' with { type: 'json' }
import { openAccount, read, svg, toForm } from '../test-support/account.ts'

describe('uploading through the API', () => {
  test('shows a new image with the fields and types of the documented reply', async () => {
    const { api } = openAccount()
    const metadata = JSON.stringify({ key: 'value' })
    const form = toForm({ file: svg, metadata, requireSignedURLs: 'true' })
    const reply = await api('POST', '/v1', form)
    const envelope = await read(reply)
    expect(reply.status).toBe(imageReply.status)
    expect(Object.keys(envelope).toSorted()).toEqual(Object.keys(imageReply.body).toSorted())
    expect(Object.keys(envelope.result).toSorted()).toEqual(
      Object.keys(imageReply.body.result).toSorted(),
    )
    expect(envelope.result).toMatchObject({
      filename: 'drawing.svg',
      meta: { key: 'value' },
      uploaded: '2026-11-22T10:00:00.000Z',
      requireSignedURLs: true,
    })
  })

  test('lists one delivery URL per named variant and keeps the slashes of a custom id in it', async () => {
    const { api } = openAccount()
    const { result } = await read(await api('POST', '/v1', toForm({ file: svg, id: 'a/b 100%' })))
    expect(result['variants']).toEqual([
      'https://imagedelivery.net/Loca1Emu1at0rAcc0unt_A/a/b%20100%25/public',
    ])
  })

  test('keeps the creator', async () => {
    const { api } = openAccount()
    const { result } = await read(await api('POST', '/v1', toForm({ file: svg, creator: 'ann' })))
    expect(result['creator']).toBe('ann')
  })

  test('names a field it does not know', async () => {
    const { api } = openAccount()
    const reply = await api('POST', '/v1', toForm({ file: svg, 'metadata[key]': 'value' }))
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('metadata[key]')
  })

  test('refuses raw image data', async () => {
    const { api } = openAccount()
    const reply = await api('POST', '/v1', svg)
    expect((await read(reply)).errors[0]?.code).toBe(5415)
  })

  test('refuses an id that is taken', async () => {
    const { api } = openAccount()
    await api('POST', '/v1', toForm({ file: svg, id: 'one' }))
    const reply = await api('POST', '/v1', toForm({ file: svg, id: 'one' }))
    expect(reply.status).toBe(409)
  })
})

test('keeps one of two images that come under one id at the same moment', async () => {
  const { api } = openAccount()
  const send = (): Promise<Response> => api('POST', '/v1', toForm({ file: svg, id: 'one' }))
  const replies = await Promise.all([send(), send(), send()])
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
})

describe('image details', () => {
  test('finds a custom id that is fully percent-encoded', async () => {
    const { api } = openAccount()
    await api('POST', '/v1', toForm({ file: svg, id: 'a/b c%d' }))
    const { result } = await read(await api('GET', '/v1/a%2Fb%20c%25d'))
    expect(result['id']).toBe('a/b c%d')
  })

  test('answers 404 with code 5404 for an unknown id', async () => {
    const { api } = openAccount()
    const reply = await api('GET', '/v1/nothing')
    expect(reply.status).toBe(404)
    expect(await reply.json()).toEqual({
      result: null,
      success: false,
      errors: [{ code: 5404, message: 'Image not found' }],
      messages: [],
    })
  })
})

describe('deleting', () => {
  test('forgets the image, also at the delivery host', async () => {
    const { api, get } = openAccount()
    await api('POST', '/v1', toForm({ file: svg, id: 'one' }))
    expect((await get('/one/public')).status).toBe(200)
    const reply = await api('DELETE', '/v1/one')
    expect((await read(reply)).result).toEqual({})
    expect((await api('GET', '/v1/one')).status).toBe(404)
    expect((await get('/one/public')).status).toBe(404)
  })
})
