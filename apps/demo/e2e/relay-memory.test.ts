/** What it costs the demo's server, in memory, to relay many large files at once: bytes go to the disk and come from it. */
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartedUpload } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import { expect, onTestFinished, test } from 'vitest'

const FILES = 200
const AT_ONCE = 20
const FILE_BYTES = 10_000_000
const MAX_BYTES = 150_000_000
/** One person may have so many bytes kept, and begin so many uploads a minute. */
const PEOPLE = 4

const main = new URL('../src/server/main.ts', import.meta.url).pathname
const file = makeFile()

test(
  `${FILES} files of 10 MB, ${AT_ONCE} at a time, are relayed within ${MAX_BYTES / 1e6} MB above idle`,
  { timeout: 240_000 },
  async () => {
    const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-relay-'))
    onTestFinished(() => rmSync(dataPath, { recursive: true }))
    const host = await startHost()
    const demo = await startServer(dataPath, host.url)
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => signIn(demo.url)))
    await send(demo.url, 'PUT', '/api/ladder', { body: { rungs: ['relay'] } })
    const [first = ''] = people
    await relay(demo.url, first)
    const idleBytes = readMemory(demo.child)
    expect(idleBytes, 'The command ps tells nothing.').toBeGreaterThan(0)
    let peakBytes = idleBytes
    const watching = setInterval(
      () => (peakBytes = Math.max(peakBytes, readMemory(demo.child))),
      50,
    )
    const left = Array.from({ length: FILES }, (_, at) => people[at % PEOPLE] ?? first)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let who = left.pop(); who; who = left.pop()) await relay(demo.url, who)
      }),
    )
    const bytesPath = join(dataPath, 'bytes')
    await expect.poll(() => countFiles(bytesPath), { timeout: 120_000, interval: 500 }).toBe(0)
    clearInterval(watching)
    const above = peakBytes - idleBytes
    console.log(`Relayed: ${toMb(idleBytes)} MB idle, at most ${toMb(above)} MB above.`)
    expect(host.received().files).toBeGreaterThanOrEqual(FILES + 1)
    expect(host.received().bytes).toBeGreaterThanOrEqual((FILES + 1) * FILE_BYTES)
    expect(above).toBeLessThan(MAX_BYTES)
  },
)

function countFiles(path: string): number {
  return readdirSync(path).length
}

/** A picture of one pixel with a long comment: exactly 10 MB, and whole. */
function makeFile(): Buffer {
  const head = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
    'hex',
  )
  const tail = Buffer.from('0000000049454e44ae426082', 'hex')
  const bytes = Buffer.alloc(FILE_BYTES)
  head.copy(bytes)
  bytes.writeUInt32BE(FILE_BYTES - head.length - tail.length - 12, head.length)
  bytes.write('tEXt', head.length + 4, 'latin1')
  tail.copy(bytes, FILE_BYTES - tail.length)
  return bytes
}

/** Stands for Cloudflare: it counts what it is sent, keeps nothing, and says that it has it. */
async function startHost() {
  let files = 0
  let bytes = 0
  const server = createServer((request, response) => {
    const framing = request.headers['content-type']?.startsWith('multipart/') === true
    let length = 0
    request.on('data', (chunk: Buffer) => (length += chunk.length))
    request.on('end', () => {
      if (framing) {
        files += 1
        // Each file comes with a few lines of form around it.
        bytes += Math.floor(length / FILE_BYTES) * FILE_BYTES
      }
      response.setHeader('content-type', 'application/json')
      const result = toResult(request)
      response.end(JSON.stringify({ success: true, errors: [], messages: [], result }))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { url: `http://127.0.0.1:${port}/client/v4`, received: () => ({ files, bytes }) }
}

function toResult({ url = '', method }: IncomingMessage): object {
  if (url.includes('/keys')) return { keys: [{ name: 'default', value: 'a-signing-key' }] }
  if (url.includes('/variants')) return method === 'GET' ? { variants: {} } : { variant: variant() }
  if (url.includes('/v2')) return { images: [], continuation_token: null }
  const uploaded = new Date().toISOString()
  return {
    id: crypto.randomUUID(),
    filename: 'a.png',
    uploaded,
    requireSignedURLs: true,
    variants: [],
  }
}

const variant = () => ({
  id: 'any',
  options: { fit: 'cover', width: 1, height: 1, metadata: 'none' },
})

async function startServer(dataPath: string, baseUrl: string) {
  const env = {
    ...process.env,
    PORT: '0',
    // What is held counts, and not what was not yet collected: a small nursery is emptied often, however busy the machine is.
    NODE_OPTIONS: '--max-semi-space-size=2',
    LIGHTFAST_DATA: dataPath,
    CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
    CLOUDFLARE_API_TOKEN: localAccount.writeToken,
    CLOUDFLARE_IMAGES_ACCOUNT_HASH: localAccount.accountHash,
    CLOUDFLARE_BASE_URL: baseUrl,
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /Lightfast demo: (\S+)/.exec(chunk.toString())?.[1]
      if (found) resolve(found)
    })
  })
  return { url, child }
}

async function signIn(url: string): Promise<string> {
  const reply = await send(url, 'POST', '/api/session')
  return reply.headers.get('set-cookie')?.split(';')[0] ?? expect.fail('Nobody was signed in.')
}

interface Options {
  readonly cookie?: string
  readonly body?: object
}

async function send(url: string, method: string, path: string, options: Options = {}) {
  const { cookie, body } = options
  const headers = { origin: url, 'content-type': 'application/json', ...(cookie && { cookie }) }
  const reply = await fetch(url + path, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`)
  return reply
}

async function relay(url: string, cookie: string): Promise<void> {
  const uploadId = crypto.randomUUID()
  const claims = { filename: 'a.png', contentType: 'image/png', sizeBytes: FILE_BYTES }
  const body = { uploadId, kind: 'photo', ...claims, width: 1, height: 1 }
  const started = await send(url, 'POST', '/api/images/uploads', { cookie, body })
  const { image, way }: StartedUpload = await started.json()
  const path = `${url}/api/images/uploads/${image.id}/bytes?attemptId=${way?.attemptId}`
  const headers = { origin: url, cookie, 'content-type': 'image/png' }
  const reply = await fetch(path, { method: 'PUT', headers, body: new Uint8Array(file) })
  // On a busy machine one may take longer than a browser waits: then a job goes on with it.
  if (!reply.ok) throw new Error(`The relay answered ${reply.status}: ${await reply.text()}`)
  await reply.body?.cancel()
}

/** The resident memory of a process, as the system counts it. */
function readMemory({ pid }: ChildProcess): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(stdout) * 1024
}

function toMb(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
