import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { localAccount } from '../options.ts'
import { scenarios } from '../scenarios.ts'
import { openAccount, read, svg, toForm } from '../test-support/account.ts'
import { createNodeEmulator } from './create-node-emulator.ts'
import { createRequestListener } from './request-listener.ts'
import { serve } from './serve.ts'
import { decode, makePicture } from '../test-support/pictures.ts'
import type { Emulator } from '../emulator.ts'
import type { RunningEmulator } from './serve.ts'

const closing: RunningEmulator[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map(({ close }) => close()))
})

async function start(emulator: Emulator): Promise<string> {
  const running = await serve(emulator, { port: 0 })
  closing.push(running)
  return running.url
}

const big = (): FormData => toForm({ file: new Blob([new Uint8Array(4_000_000)]) })

test('is every host on one port: slot, upload, details, delivery', async () => {
  const url = await start(createNodeEmulator())
  const headers = { Authorization: `Bearer ${localAccount.writeToken}` }
  const api = `${url}/client/v4/accounts/${localAccount.accountId}/images`
  const made = await read(await fetch(`${api}/v2/direct_upload`, { method: 'POST', headers }))
  const path = new URL(String(made.result['uploadURL'])).pathname
  const body = toForm({ file: await makePicture(400, 200) })
  const uploaded = await fetch(url + path, { method: 'POST', body })
  expect(uploaded.status).toBe(200)
  const shown = await read(await fetch(`${api}/v1/${String(made.result['id'])}`, { headers }))
  expect(shown.result).not.toHaveProperty('draft')
  const picture = await decode(await fetch(`${url}${path}/public`))
  expect([picture.width, picture.height]).toEqual([400, 200])
})

test('answers a preflight', async () => {
  const url = await start(openAccount().emulator)
  const reply = await fetch(`${url}/hash/id`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  })
  expect(reply.status).toBe(204)
  expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
})

test('says in a sentence that the port is taken', async () => {
  const { port } = new URL(await start(openAccount().emulator))
  const second = serve(openAccount().emulator, { port: Number(port) })
  await expect(second).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`)
})

describe('a dropped connection', () => {
  test('is a network error to the uploader, and the next one works', async () => {
    const { emulator, slot } = openAccount()
    const url = await start(emulator)
    const path = new URL((await slot()).uploadURL).pathname
    emulator.faults.set([{ on: 'upload', effect: 'drop', atByte: 64 * 1024, times: 1 }])
    await expect(fetch(url + path, { method: 'POST', body: big() })).rejects.toThrow(TypeError)
    const body = toForm({ file: svg })
    expect((await fetch(url + path, { method: 'POST', body })).status).toBe(200)
  })

  test('breaks the socket while the body is still arriving, without a reply', async () => {
    const { port } = new URL(
      await start(openAccount({ faults: scenarios.connectionDrops }).emulator),
    )
    expect(await sendHalf(Number(port))).toBe('')
  })

  test('breaks it too on a server that is somebody else’s', async () => {
    const listener = createRequestListener(
      openAccount({ faults: scenarios.connectionDrops }).emulator,
    )
    const server = createServer((incoming, outgoing) => {
      if (incoming.url === '/page') outgoing.end('page')
      else listener(incoming, outgoing)
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? Number(address?.port) : 0
    expect(await (await fetch(`http://127.0.0.1:${port}/page`)).text()).toBe('page')
    expect(await sendHalf(port)).toBe('')
    server.close()
    server.closeAllConnections()
  })
})

test('shows a refusal to who is still sending a file that is too large', async () => {
  const { emulator, slot } = openAccount()
  const url = await start(emulator)
  const path = new URL((await slot()).uploadURL).pathname
  const body = toForm({ file: new Blob([new Uint8Array(20_000_000)]) })
  const reply = await fetch(url + path, { method: 'POST', body })
  expect((await read(reply)).errors[0]?.code).toBe(5413)
})

test('stops waiting when the caller leaves', async () => {
  const { emulator } = openAccount({ faults: [{ on: 'delivery', effect: 'delay', ms: 60_000 }] })
  const url = await start(emulator)
  const leaving = new AbortController()
  const reply = fetch(`${url}/h/i/v`, { signal: leaving.signal })
  await expect.poll(() => emulator.faults.list().length).toBe(1)
  setTimeout(() => leaving.abort(), 50)
  await expect(reply).rejects.toThrow()
  await expect.poll(() => emulator.requests().at(-1)?.status).toBe(0)
})

/** Announces a megabyte, sends a tenth of it, and resolves to what was answered when the socket closes. */
function sendHalf(port: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /hash/id HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n')
      socket.write(Buffer.alloc(100_000))
    })
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}
