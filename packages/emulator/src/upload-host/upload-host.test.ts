import { describe, expect, test } from 'vitest'
import unsupportedType from '../../fixtures/upload-unsupported-type-reply.json' with { type: 'json' }
import { openAccount, read, svg, toForm } from '../test-support/account.ts'

const text = new File(['not a picture'], 'notes.png', { type: 'image/png' })

test('answers with the image, no longer a draft', async () => {
  const { slot, upload } = openAccount()
  const { id, uploadURL } = await slot({ metadata: '{"a":1}' })
  const reply = await upload(uploadURL, svg)
  const { success, result } = await read(reply)
  expect(success).toBe(true)
  expect(result).toMatchObject({ id, filename: 'drawing.svg', meta: { a: 1 } })
  expect(result).not.toHaveProperty('draft')
})

describe('refuses', () => {
  test('what is not a picture by its bytes, as observed', async () => {
    const { slot, upload } = openAccount()
    const reply = await upload((await slot()).uploadURL, text)
    expect(reply.status).toBe(unsupportedType.status)
    expect(await reply.json()).toEqual(unsupportedType.body)
  })

  test('the same in text, where the setting says so', async () => {
    const { slot, upload } = openAccount({ settings: { uploadErrorFormat: 'text' } })
    const reply = await upload((await slot()).uploadURL, text)
    expect(reply.status).toBe(unsupportedType.status)
    expect(await reply.text()).toBe(unsupportedType.text)
  })

  test('a second file, even one that arrives at the same moment', async () => {
    const { slot, upload } = openAccount()
    const { uploadURL } = await slot()
    const replies = await Promise.all([upload(uploadURL, svg), upload(uploadURL, svg)])
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await upload(uploadURL, svg)).status).toBe(409)
  })

  test('a file after the expiry', async () => {
    const { slot, upload, clock } = openAccount()
    const { uploadURL } = await slot()
    clock.now += 30 * 60_000
    expect((await upload(uploadURL, svg)).status).toBe(410)
  })

  test('used and expired slots as the settings say', async () => {
    const usedSlot = { status: 404, code: 5404, message: 'used' }
    const { slot, upload } = openAccount({ settings: { usedSlot } })
    const { uploadURL } = await slot()
    await upload(uploadURL, svg)
    expect((await upload(uploadURL, svg)).status).toBe(404)
  })

  test('an unknown id and another account', async () => {
    const { upload } = openAccount()
    const host = 'https://upload.imagedelivery.net'
    for (const path of ['/Loca1Emu1at0rAcc0unt_A/nothing', '/other/nothing', '/nothing']) {
      const reply = await upload(host + path, svg)
      expect(reply.status).toBe(404)
      expect((await read(reply)).errors).toEqual([{ code: 5404, message: 'Image not found' }])
    }
  })

  test('a form without the field file', async () => {
    const { slot, upload } = openAccount()
    expect((await upload((await slot()).uploadURL, svg, 'image')).status).toBe(400)
  })

  test('a field it does not know, by name', async () => {
    const { slot, emulator } = openAccount()
    const { uploadURL } = await slot()
    const body = toForm({ file: svg, id: 'x' })
    const reply = await emulator.fetch(new Request(uploadURL, { method: 'POST', body }))
    expect(reply.status).toBe(501)
    expect((await read(reply)).errors[0]?.message).toContain('id')
  })

  test('more than ten megabytes, without keeping a body that is larger still', async () => {
    const { slot, upload } = openAccount()
    const { uploadURL } = await slot()
    for (const megabytes of [10.1, 30]) {
      const reply = await upload(uploadURL, new Blob([new Uint8Array(megabytes * 1024 * 1024)]))
      expect(reply.status).toBe(413)
      expect((await read(reply)).errors[0]?.code).toBe(5413)
    }
  })

  test('a body that is not a form', async () => {
    const { slot, emulator } = openAccount()
    const { uploadURL } = await slot()
    const reply = await emulator.fetch(new Request(uploadURL, { method: 'POST', body: svg }))
    expect((await read(reply)).errors[0]?.code).toBe(5415)
  })
})

test('leaves the slot free after a refusal', async () => {
  const { slot, upload } = openAccount()
  const { uploadURL } = await slot()
  await upload(uploadURL, text)
  expect((await upload(uploadURL, svg)).status).toBe(200)
})

describe('other pages', () => {
  test('may upload, but not with a content type of their own', async () => {
    const { slot, emulator } = openAccount()
    const { uploadURL } = await slot()
    const reply = await emulator.fetch(new Request(uploadURL, { method: 'OPTIONS' }))
    expect(reply.status).toBe(204)
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(reply.headers.get('Access-Control-Allow-Methods')).toContain('POST')
    expect(reply.headers.get('Access-Control-Allow-Headers')).not.toContain('content-type')
  })

  test('may read the reply and every refusal', async () => {
    const { slot, upload } = openAccount()
    const { uploadURL } = await slot()
    for (const file of [text, svg, svg]) {
      const reply = await upload(uploadURL, file)
      expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
    }
  })
})
