import { describe, expect, test } from 'vitest'
import { ConnectionDroppedError } from './body.ts'
import { scenarios } from './scenarios.ts'
import { openAccount, read, svg } from './test-support/account.ts'
import type { Fault } from './faults.ts'

/** An account whose sleep only notes how long it should have been. */
function openWithSleep(faults: readonly Fault[] = []) {
  const waited: number[] = []
  const sleep = async (ms: number): Promise<void> => void waited.push(ms)
  return { waited, ...openAccount({ sleep, faults, settings: { slowUpload: 'off' } }) }
}

test('an answer can be a refusal with status 200', async () => {
  const { api } = openAccount({
    faults: [{ on: 'details', effect: 'answer', status: 200, code: 5550 }],
  })
  const reply = await api('GET', '/v1/x')
  expect(reply.status).toBe(200)
  expect((await read(reply)).success).toBe(false)
})

test('a fault on one image leaves the others alone', async () => {
  const { emulator, slot, upload, api } = openAccount()
  const [one, other] = [await slot(), await slot()]
  emulator.faults.set([{ on: ['upload', 'details'], effect: 'answer', status: 503, image: one.id }])
  expect((await upload(one.uploadURL, svg)).status).toBe(503)
  expect((await upload(other.uploadURL, svg)).status).toBe(200)
  expect((await api('GET', `/v1/${one.id}`)).status).toBe(503)
  expect((await api('GET', `/v1/${other.id}`)).status).toBe(200)
})

describe('bandwidth', () => {
  test('slows a request body down by its size, in small steps, and changes nothing of it', async () => {
    const { emulator, slot, upload, waited } = openWithSleep()
    const { uploadURL } = await slot()
    emulator.faults.set([
      { on: 'upload', effect: 'bandwidth', bytesPerSecond: 100, body: 'request' },
    ])
    expect((await upload(uploadURL, svg)).status).toBe(200)
    expect(waited.length).toBeGreaterThan(20)
    expect(Math.max(...waited)).toBeLessThanOrEqual(100)
    const seconds = waited.reduce((sum, ms) => sum + ms, 0) / 1000
    expect(seconds).toBeGreaterThan(2)
    expect(seconds).toBeLessThan(6)
  })

  test('slows a reply down and keeps its headers', async () => {
    const { emulator, slot, upload, get, waited } = openWithSleep()
    const { id, uploadURL } = await slot()
    await upload(uploadURL, svg)
    emulator.faults.set([{ on: 'delivery', effect: 'bandwidth', bytesPerSecond: 64 }])
    const reply = await get(`/${id}/public`)
    expect(reply.headers.get('Content-Type')).toBe('image/svg+xml')
    const length = Number(reply.headers.get('Content-Length'))
    expect(await reply.text()).toHaveLength(length)
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo((length / 64) * 1000)
  })
})

/** Gets a stored picture with this fault. */
async function openPicture(fault: Fault) {
  const account = openAccount()
  const { id, uploadURL } = await account.slot()
  await account.upload(uploadURL, svg)
  account.emulator.faults.set([fault])
  return { ...account, reply: await account.get(`/${id}/public`) }
}

describe('a reply', () => {
  test('that is cut off shows its first bytes, the length it promised, and then a broken connection', async () => {
    const { reply } = await openPicture({ on: 'delivery', effect: 'truncate', atByte: 10 })
    expect(Number(reply.headers.get('Content-Length'))).toBeGreaterThan(60)
    const reader = reply.body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toBe((await svg.text()).slice(0, 10))
    await expect(reader?.read()).rejects.toThrow(ConnectionDroppedError)
  })

  test('that is cut off beyond its end breaks at its end', async () => {
    const { reply } = await openPicture({ on: 'delivery', effect: 'truncate', atByte: 1_000_000 })
    await expect(reply.text()).rejects.toThrow(TypeError)
  })

  test.each([
    ['html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['half', 'image/svg+xml', /^<svg [^>]*$/],
    ['empty', 'image/svg+xml', /^$/],
  ] as const)('can be malformed as %s', async (as, type, text) => {
    const { reply } = await openPicture({ on: 'delivery', effect: 'malform', as })
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Type')).toBe(type)
    expect(reply.headers.has('Content-Length')).toBe(false)
    expect(await reply.text()).toMatch(text)
  })
})

test('a reply that is lost leaves the step done', async () => {
  const { emulator, slot, upload, api } = openAccount()
  const { id, uploadURL } = await slot()
  emulator.faults.set([{ on: 'upload', effect: 'lose-reply', times: 1 }])
  await expect(upload(uploadURL, svg)).rejects.toThrow(TypeError)
  expect((await read(await api('GET', `/v1/${id}`))).result).not.toHaveProperty('draft')
  expect((await upload(uploadURL, svg)).status).toBe(409)
  expect(emulator.requests().find(({ fault }) => fault)).toMatchObject({
    status: 0,
    fault: 'lose-reply',
  })
})

test('a drop breaks any step that has a body', async () => {
  const { emulator, api } = openAccount({
    faults: [{ on: 'direct-upload', effect: 'drop', atByte: 0, times: 1 }],
  })
  await expect(api('POST', '/v2/direct_upload')).rejects.toThrow(TypeError)
  expect(emulator.faults.list()).toMatchObject([{ remaining: 0 }])
})

test('a stall ends when the caller leaves, and not before', async () => {
  const { emulator } = openAccount({ faults: [{ on: 'delivery', effect: 'stall' }] })
  const leaving = new AbortController()
  let ended = false
  const reply = emulator
    .fetch(new Request('https://imagedelivery.net/h/i/v', { signal: leaving.signal }))
    .finally(() => (ended = true))
  for (let n = 0; n < 20; n += 1) await Promise.resolve()
  expect(ended).toBe(false)
  leaving.abort()
  await expect(reply).rejects.toThrow(TypeError)
})

test('a rate limit refuses every call of the API until its five minutes are over', async () => {
  const { emulator, api, clock, get } = openAccount({ faults: scenarios.rateLimited })
  const first = await api('GET', '/v1/x')
  expect(first.status).toBe(429)
  expect(first.headers.get('Retry-After')).toBe('300')
  clock.now += 60_000
  const second = await api('POST', '/v2/direct_upload')
  expect(second.headers.get('Retry-After')).toBe('240')
  expect((await get('/x/public')).status).toBe(404)
  emulator.clock.jump(240_000)
  expect((await api('POST', '/v2/direct_upload')).status).toBe(200)
})

test('a clock jump makes a slot expire between two requests', async () => {
  const { emulator, slot, upload } = openAccount()
  const { uploadURL } = await slot()
  emulator.faults.set([{ on: 'upload', effect: 'clock-jump', ms: 31 * 60_000, times: 1 }])
  expect((await upload(uploadURL, svg)).status).toBe(410)
  expect(emulator.clock.offset()).toBe(31 * 60_000)
})

describe('an image that settles later', () => {
  test('looks like a draft for that long by the clock, with its slot used', async () => {
    const { emulator, slot, upload, api, get, clock } = openAccount()
    const { id, uploadURL } = await slot()
    emulator.faults.set([{ on: 'upload', effect: 'settle-later', ms: 5000 }])
    expect((await read(await upload(uploadURL, svg))).result).not.toHaveProperty('draft')
    expect((await read(await api('GET', `/v1/${id}`))).result['draft']).toBe(true)
    expect((await get(`/${id}/public`)).status).toBe(404)
    expect((await upload(uploadURL, svg)).status).toBe(409)
    clock.now += 5000
    expect((await read(await api('GET', `/v1/${id}`))).result).not.toHaveProperty('draft')
    expect((await get(`/${id}/public`)).status).toBe(200)
  })

  test('never does without a time', async () => {
    const { slot, upload, api, clock } = openAccount({ faults: scenarios.verdictNever })
    const { id, uploadURL } = await slot()
    await upload(uploadURL, svg)
    clock.now += 365 * 24 * 3_600_000
    expect((await read(await api('GET', `/v1/${id}`))).result['draft']).toBe(true)
  })
})

/** The statuses of 120 deliveries. */
async function liveThroughMarch(): Promise<readonly number[]> {
  const { emulator, slot, upload, get } = openAccount({ seed: 2025 })
  const { id, uploadURL } = await slot()
  await upload(uploadURL, svg)
  emulator.faults.set(scenarios.march2025)
  expect((await upload(uploadURL, svg)).status).toBe(500)
  const statuses: number[] = []
  for (let n = 0; n < 120; n += 1) statuses.push((await get(`/${id}/public`)).status)
  return statuses
}

test('March 2025 lets about a quarter of the pictures through, the same ones every time', async () => {
  const statuses = await liveThroughMarch()
  const share = statuses.filter((status) => status === 200).length / statuses.length
  expect(share).toBeGreaterThan(0.15)
  expect(share).toBeLessThan(0.35)
  expect(await liveThroughMarch()).toEqual(statuses)
})
