import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openAccount, svg, toForm } from '../test-support/account.ts'
import { serve } from './serve.ts'
import type { Fault } from '../faults.ts'
import type { EmulatorOptions } from '../options.ts'
import type { RunningEmulator } from './serve.ts'

const closing: RunningEmulator[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map(({ close }) => close()))
})

/** An account on a port, with one stored picture. */
async function start(faults: readonly Fault[], options: EmulatorOptions = {}) {
  const account = openAccount(options)
  const { id, uploadURL } = await account.slot()
  await account.upload(uploadURL, svg)
  const running = await serve(account.emulator, { port: 0 })
  closing.push(running)
  account.emulator.faults.set(faults)
  const { pathname } = new URL(uploadURL)
  return { ...account, id, url: running.url, port: Number(new URL(running.url).port), pathname }
}

interface Heard {
  readonly text: string
  readonly error: string | undefined
}

/** Sends text as it is, and resolves to all that came back when the socket closes. */
function talk(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<Heard> {
  return new Promise((resolve) => {
    let text = ''
    let error: string | undefined
    const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)))
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('error', (broken: NodeJS.ErrnoException) => (error = broken.code))
    socket.on('close', () => resolve({ text, error }))
  })
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const post = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${length}\r\n\r\n`

test('a truncated reply ends in the middle of its body, after headers that promise all of it', async () => {
  const { port, pathname } = await start([{ on: 'delivery', effect: 'truncate', atByte: 10 }])
  const { text } = await talk(port, get(`${pathname}/public`))
  const [head = '', body] = text.split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1.1 200/)
  expect(head).toMatch(/content-length: \d\d/i)
  expect(body).toHaveLength(10)
})

test('a reply truncated at the first byte still has its headers', async () => {
  const { port, pathname } = await start([{ on: 'delivery', effect: 'truncate', atByte: 0 }])
  const { text } = await talk(port, get(`${pathname}/public`))
  expect(text).toMatch(/^HTTP\/1.1 200[^]*\r\n\r\n$/)
})

test('fetch sees a truncated reply as a network error while it reads', async () => {
  const { url, pathname } = await start([{ on: 'delivery', effect: 'truncate', atByte: 10 }])
  const reply = await fetch(`${url}${pathname}/public`)
  expect(reply.status).toBe(200)
  await expect(reply.text()).rejects.toThrow(TypeError)
})

test('a drop resets the connection without a word', async () => {
  const { port } = await start([{ on: 'upload', effect: 'drop', atByte: 1000 }])
  const heard = await talk(port, post('/h/i', 5000), new Uint8Array(2000))
  expect(heard).toEqual({ text: '', error: 'ECONNRESET' })
})

test('a lost reply resets the connection, and the image is there', async () => {
  const { url, slot, emulator, api } = await start([])
  const { id, uploadURL } = await slot()
  emulator.faults.set([{ on: 'upload', effect: 'lose-reply' }])
  const target = url + new URL(uploadURL).pathname
  const body = toForm({ file: svg })
  await expect(fetch(target, { method: 'POST', body })).rejects.toThrow(TypeError)
  const shown = await api('GET', `/v1/${id}`)
  expect(await shown.text()).not.toContain('draft')
})

test('a stall keeps the connection open without a byte until the caller leaves', async () => {
  const { port, emulator } = await start([{ on: 'delivery', effect: 'stall' }])
  let heard = ''
  const socket = connect(port, '127.0.0.1', () => socket.write(get('/h/i/v')))
  socket.on('data', (chunk) => (heard += chunk.toString()))
  await expect.poll(() => emulator.faults.list().length).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect([heard, socket.destroyed]).toEqual(['', false])
  socket.destroy()
  await expect.poll(() => emulator.requests().at(-1)?.fault).toBe('stall')
})

/** A clock and a sleep whose periods end when a test says so. */
function openWithPeriods() {
  const time = { now: Date.parse('2026-11-22T10:00:00.000Z') }
  const periods: (() => void)[] = []
  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      periods.push(() => {
        time.now += ms
        resolve()
      })
    })
  return { periods, options: { now: () => time.now, sleep } }
}

describe('a client that is too slow', () => {
  test('is told 5408 with the rest of its body still to come, and loses the connection', async () => {
    const { periods, options } = openWithPeriods()
    const { port, slot, emulator } = await start([], options)
    const path = new URL((await slot()).uploadURL).pathname
    const before = periods.length
    const heard = talk(port, post(path, 5_000_000), new Uint8Array(100))
    await expect.poll(() => periods.length).toBe(before + 1)
    periods.at(-1)?.()
    expect((await heard).text).toMatch(/^HTTP\/1.1 408[^]*"code":5408/)
    expect(emulator.requests().at(-1)).toMatchObject({ method: 'POST', status: 408 })
  })

  test('goes on as long as it brings enough in every period', async () => {
    const { periods, options } = openWithPeriods()
    const { port, slot } = await start([], options)
    const path = new URL((await slot()).uploadURL).pathname
    const before = periods.length
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(post(path, 5_000_000))
      socket.write(new Uint8Array(64_000))
    })
    const closed = new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
    })
    await expect.poll(() => periods.length).toBe(before + 1)
    await expect.poll(() => socket.bytesWritten).toBeGreaterThan(64_000)
    await new Promise((resolve) => setTimeout(resolve, 30))
    periods.at(-1)?.()
    await expect.poll(() => periods.length).toBe(before + 2)
    periods.at(-1)?.()
    expect(await closed).toContain('5408')
  })
})
