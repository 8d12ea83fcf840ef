import { describe, expect, test } from 'vitest'
import outage from '../fixtures/upload-outage-reply.json' with { type: 'json' }
import { scenarios } from './scenarios.ts'
import { openAccount, read, svg } from './test-support/account.ts'

describe('an answer in place of a step', () => {
  test('is plain text without a code, with the Retry-After it was given', async () => {
    const { emulator, api } = openAccount()
    emulator.faults.set([
      { on: 'direct-upload', effect: 'answer', status: 503, retryAfterSeconds: 7, times: 1 },
    ])
    const reply = await api('POST', '/v2/direct_upload')
    expect(reply.status).toBe(503)
    expect(reply.headers.get('Retry-After')).toBe('7')
    expect(reply.headers.get('Content-Type')).toContain('text/plain')
    expect((await api('POST', '/v2/direct_upload')).status).toBe(200)
  })

  test('is worded by the host it comes from', async () => {
    const { emulator, api, get } = openAccount()
    emulator.faults.set([
      { on: 'details', effect: 'answer', status: 500, code: 5500, message: 'Broken' },
      { on: 'delivery', effect: 'answer', status: 503, code: 9522, message: 'Busy' },
    ])
    expect((await read(await api('GET', '/v1/x'))).errors).toEqual([
      { code: 5500, message: 'Broken' },
    ])
    expect(await (await get('/x/public')).text()).toBe('ERROR 9522: Busy')
  })

  test('repeats the outage of July 2026, readable by any page, and keeps the slot', async () => {
    const { emulator, slot, upload } = openAccount({ faults: scenarios.uploadHostDown })
    const { uploadURL } = await slot()
    const reply = await upload(uploadURL, svg)
    expect(reply.status).toBe(outage.status)
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(await reply.json()).toEqual(outage.body)
    emulator.faults.clear()
    expect((await upload(uploadURL, svg)).status).toBe(200)
  })
})

describe('a delay', () => {
  test('waits by the sleep it was given', async () => {
    const waited: number[] = []
    const sleep = async (ms: number): Promise<void> => void waited.push(ms)
    const { api } = openAccount({ sleep, faults: scenarios.slow })
    await api('POST', '/v2/direct_upload')
    expect(waited).toEqual([3000])
  })

  test('ends when the caller leaves', async () => {
    const { emulator } = openAccount({
      faults: [{ on: 'delivery', effect: 'delay', ms: 60_000 }],
    })
    const leaving = new AbortController()
    const request = new Request('https://imagedelivery.net/h/i/v', { signal: leaving.signal })
    const reply = emulator.fetch(request)
    leaving.abort(new Error('left'))
    await expect(reply).rejects.toThrow('left')
  })
})

describe('a dropped connection', () => {
  test('rejects like a network failure while the body is still on its way', async () => {
    const { emulator, slot } = openAccount({ faults: scenarios.connectionDrops })
    const { uploadURL } = await slot()
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 16 * 1024
        controller.enqueue(new Uint8Array(16 * 1024))
      },
    })
    const request = new Request(uploadURL, { method: 'POST', body, duplex: 'half' } as RequestInit)
    await expect(emulator.fetch(request)).rejects.toThrow(TypeError)
    expect(sent).toBeLessThan(200 * 1024)
    expect(emulator.requests().at(-1)).toMatchObject({ status: 0, fault: 'drop' })
  })

  test('also breaks a body that is shorter than the point of breaking', async () => {
    const { emulator, slot, upload } = openAccount({
      faults: [{ on: 'upload', effect: 'drop', atByte: 1_000_000, times: 1 }],
    })
    const { uploadURL } = await slot()
    await expect(upload(uploadURL, svg)).rejects.toThrow(TypeError)
    expect((await upload(uploadURL, svg)).status).toBe(200)
    expect(emulator.faults.list()).toMatchObject([{ remaining: 0 }])
  })
})

describe('a file refused after the upload', () => {
  const refused = { on: 'upload', effect: 'refuse-later', code: 9422, message: 'damaged' } as const

  test.each([
    ['draft', 200],
    ['missing', 404],
    ['refused', 415],
  ] as const)('is answered 200 and then shown as %s', async (details, status) => {
    const { slot, upload, api, get } = openAccount({ faults: [{ ...refused, details }] })
    const { id, uploadURL } = await slot()
    const reply = await upload(uploadURL, svg)
    expect(reply.status).toBe(200)
    expect((await read(reply)).result).not.toHaveProperty('draft')
    const shown = await api('GET', `/v1/${id}`)
    expect(shown.status).toBe(status)
    const { errors, result } = await read(shown)
    expect(result['draft']).toBe(details === 'draft' ? true : undefined)
    expect(errors[0]?.code).toBe({ draft: undefined, missing: 5404, refused: 9422 }[details])
    expect((await get(`/${id}/public`)).status).toBe(404)
    expect((await upload(uploadURL, svg)).status).toBe(409)
  })
})

describe('the log', () => {
  test('keeps method, path and status and never a query', async () => {
    const { emulator, clock, get } = openAccount()
    await get('/x/public?exp=1&sig=secret')
    expect(emulator.requests()).toEqual([
      {
        id: 1,
        at: clock.now,
        method: 'GET',
        path: '/Loca1Emu1at0rAcc0unt_A/x/public',
        status: 404,
      },
    ])
  })

  test('forgets all but the newest two hundred', async () => {
    const { emulator, get } = openAccount()
    for (let n = 0; n <= 200; n += 1) await get(`/${n}/public`)
    expect(emulator.requests()).toHaveLength(200)
    expect(emulator.requests()[0]?.path).toContain('/1/public')
  })
})

test.each([
  ['PUT', '/anything'],
  ['GET', '/client/v4/user/tokens/verify'],
])('names %s %s as not emulated', async (method, path) => {
  const { emulator } = openAccount()
  const reply = await emulator.fetch(new Request(`http://localhost${path}`, { method }))
  expect(reply.status).toBe(501)
})
