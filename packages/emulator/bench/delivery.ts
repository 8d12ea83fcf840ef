/**
 * Measures delivery beside what it stands on, in one run: a cached picture beside a static file of the same server, and
 * fresh pictures beside the same work without a server. `node bench/delivery.ts [--json]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { createNodeEmulator } from '../src/node/create-node-emulator.ts'
import { createRequestListener } from '../src/node/request-listener.ts'
import { createSharpPixels } from '../src/node/sharp-pixels.ts'
import { localAccount } from '../src/options.ts'
import type { Server } from 'node:http'
import type { Pixels, Resize } from '../src/pixels.ts'
import type { Load, Measured } from './load.ts'

const ROUNDS = 5
const ROUND_MS = 2000
const FRESH = 150
const CONNECTIONS = 8

interface Row {
  readonly what: string
  readonly beside: string
  readonly perSecond: number
  readonly besidePerSecond: number
  readonly ratio: number
  readonly goal: number | null
}

const folder = mkdtempSync(join(tmpdir(), 'lightfast-bench-'))
const staticPath = join(folder, 'picture.jpg')
const pixels = createSharpPixels()
const plans: Resize[] = []
const noting: Pixels = {
  ...pixels,
  resize(bytes, plan) {
    plans.push(plan)
    return pixels.resize(bytes, plan)
  },
}

const photo = await makePhoto()
const emulator = createNodeEmulator({ pixels: noting, rateLimit: 'off' })
const listener = createRequestListener(emulator)
let memory: Uint8Array = new Uint8Array()
const server = createServer(answer)
const origin = await listen(server)
try {
  const path = await upload()
  const first = await fetch(`${origin}${path}/public`)
  if (!first.ok) throw new Error(await first.text())
  const cached = await first.bytes()
  writeFileSync(staticPath, cached)
  print([...(await measureCached(path, cached)), ...(await measureFresh(path))], cached.length)
} finally {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
}

function answer(
  ...[incoming, outgoing]: Parameters<ReturnType<typeof createRequestListener>>
): void {
  const headers = { 'Content-Type': 'image/jpeg', 'Cache-Control': 'public, max-age=172800' }
  if (incoming.url === '/static') {
    readFile(staticPath).then(
      (bytes) => outgoing.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes),
      () => outgoing.writeHead(500).end(),
    )
    return
  }
  if (incoming.url === '/memory') {
    outgoing.writeHead(200, { ...headers, 'Content-Length': memory.length }).end(memory)
    return
  }
  listener(incoming, outgoing)
}

function again(path: string): Promise<Measured> {
  return run({ origin, paths: [path], concurrency: CONNECTIONS, ms: ROUND_MS })
}

async function measureCached(path: string, bytes: Uint8Array): Promise<readonly Row[]> {
  memory = bytes
  const rounds = { picture: [] as number[], file: [] as number[], memory: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.picture.push((await again(`${path}/public`)).perSecond)
    rounds.file.push((await again('/static')).perSecond)
    rounds.memory.push((await again('/memory')).perSecond)
  }
  return [
    toRow('a cached picture', 'a static file', {
      own: rounds.picture,
      other: rounds.file,
      goal: 0.7,
    }),
    toRow('a cached picture', 'bytes in memory', {
      own: rounds.picture,
      other: rounds.memory,
      goal: null,
    }),
  ]
}

async function measureFresh(path: string): Promise<readonly Row[]> {
  const rounds = { served: [] as number[], port: [] as number[], sharp: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const widths = Array.from({ length: FRESH }, (_, at) => 400 + round * FRESH + at)
    plans.length = 0
    const paths = widths.map((width) => `${path}/w=${width}`)
    rounds.served.push(
      (await run({ origin, paths, concurrency: CONNECTIONS, ms: 'once' })).perSecond,
    )
    const made = [...plans]
    rounds.port.push(await direct(made, (plan) => pixels.resize(photo, plan)))
    rounds.sharp.push(await direct(made, rawSharp))
  }
  return [
    toRow('fresh pictures', 'the pixels port alone', {
      own: rounds.served,
      other: rounds.port,
      goal: 0.85,
    }),
    toRow('fresh pictures', 'sharp alone', { own: rounds.served, other: rounds.sharp, goal: 0.85 }),
  ]
}

/** The least one can write for the same picture. */
function rawSharp({ scale, encoding }: Resize): Promise<unknown> {
  const { quality, progressive } = encoding
  const scaled = sharp(photo).autoOrient().resize(scale.width, scale.height, { fit: 'fill' })
  return scaled.jpeg({ quality, progressive }).toBuffer()
}

/** Works on as many pictures at once as there are connections. */
async function direct(
  plans: readonly Resize[],
  make: (plan: Resize) => Promise<unknown>,
): Promise<number> {
  const left = [...plans]
  const start = performance.now()
  const work = async (): Promise<void> => {
    for (let plan = left.pop(); plan; plan = left.pop()) await make(plan)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  return plans.length / ((performance.now() - start) / 1000)
}

function toRow(
  what: string,
  beside: string,
  {
    own,
    other,
    goal,
  }: { readonly own: number[]; readonly other: number[]; readonly goal: number | null },
): Row {
  // Pair by pair: what disturbs the machine disturbs both halves of a round alike.
  const ratio = median(own.map((value, round) => value / (other[round] ?? Number.NaN)))
  return { what, beside, perSecond: median(own), besidePerSecond: median(other), ratio, goal }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function print(rows: readonly Row[], bytes: number): void {
  const machine = { node: process.version, cores: availableParallelism(), pictureBytes: bytes }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ ...machine, connections: CONNECTIONS, rows }, null, 2))
    return
  }
  console.log(
    `Node ${machine.node}, ${machine.cores} cores, ${CONNECTIONS} connections, a picture of ${bytes} bytes`,
  )
  console.table(
    rows.map(({ what, beside, perSecond, besidePerSecond, ratio, goal }) => ({
      what,
      'per second': Math.round(perSecond),
      beside,
      'per second ': Math.round(besidePerSecond),
      ratio: ratio.toFixed(2),
      goal: goal ?? '',
      holds: goal === null ? '' : ratio >= goal ? 'yes' : 'no',
    })),
  )
}

/** Something like a photo: noise that was softened. */
async function makePhoto(): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  const create = { width: 1600, height: 1200, channels: 3 as const, background: '#888', noise }
  return new Uint8Array(await sharp({ create }).blur(2).jpeg({ quality: 90 }).toBuffer())
}

/** Uploads the photo, lets lists of options in, and returns the path of its picture without a variant. */
async function upload(): Promise<string> {
  const images = `${origin}/client/v4/accounts/${localAccount.accountId}/images`
  const headers = { Authorization: `Bearer ${localAccount.writeToken}` }
  const form = new FormData()
  form.append('file', new File([photo], 'photo.jpg'))
  form.append('id', 'photo')
  const made = await fetch(`${images}/v1`, { method: 'POST', headers, body: form })
  if (!made.ok) throw new Error(await made.text())
  const body = JSON.stringify({ flexible_variants: true })
  const turned = await fetch(`${images}/v1/config`, { method: 'PATCH', headers, body })
  if (!turned.ok) throw new Error(await turned.text())
  return `/${localAccount.accountHash}/photo`
}

function run(load: Load): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData: load })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    })
  })
}
