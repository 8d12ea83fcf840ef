import { describe, expect, test } from 'vitest'
import { createEmulator } from '../emulator.ts'

const fault = { on: 'upload', effect: 'delay', ms: 10 }

const put = (body: unknown, headers: Record<string, string> = {}, host = 'localhost:8788') =>
  new Request(`http://${host}/__lightfast/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

test('replaces the faults and lists them', async () => {
  const emulator = createEmulator()
  const reply = await emulator.fetch(put([fault]))
  expect(await reply.json()).toEqual([{ ...fault, remaining: null }])
  const listed = await emulator.fetch(new Request('http://127.0.0.1/__lightfast/faults'))
  expect(await listed.json()).toEqual([{ ...fault, remaining: null }])
  expect(emulator.faults.list()).toHaveLength(1)
})

test('names the field that is wrong and changes nothing', async () => {
  const emulator = createEmulator()
  await emulator.fetch(put([fault]))
  const reply = await emulator.fetch(put([fault, { ...fault, ms: 'long' }]))
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ field: '1.ms' })
  expect(emulator.faults.list()).toHaveLength(1)
})

test('shows the newest requests, its own left out', async () => {
  const emulator = createEmulator()
  await emulator.fetch(new Request('http://localhost/h/i/v'))
  const reply = await emulator.fetch(new Request('http://localhost/__lightfast/requests'))
  expect(await reply.json()).toMatchObject([{ method: 'GET', path: '/h/i/v', status: 403 }])
})

describe('keeps out', () => {
  test.each(['evil.example', '192.168.1.5:8788', 'localhost.evil.example'])(
    'who came by the host %s',
    async (host) => {
      expect((await createEmulator().fetch(put([fault], {}, host))).status).toBe(403)
    },
  )

  test.each(['https://evil.example', 'http://localhost:3000', 'null'])(
    'a page of the origin %s',
    async (origin) => {
      const emulator = createEmulator()
      expect((await emulator.fetch(put([fault], { Origin: origin }))).status).toBe(403)
      expect(emulator.faults.list()).toEqual([])
    },
  )
})

describe('lets in', () => {
  test('a page of the same host', async () => {
    const request = put([fault], { Origin: 'http://localhost:8788' })
    expect((await createEmulator().fetch(request)).status).toBe(200)
  })

  test('a host that is listed, by name or with its port', async () => {
    const emulator = createEmulator({ controlHosts: ['images.test', 'other.test:81'] })
    expect((await emulator.fetch(put([], {}, 'images.test:8788'))).status).toBe(200)
    expect((await emulator.fetch(put([], {}, 'other.test:81'))).status).toBe(200)
    expect((await emulator.fetch(put([], {}, 'other.test:82'))).status).toBe(403)
  })
})
