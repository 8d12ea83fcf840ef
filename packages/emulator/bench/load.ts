/** Asks for paths over connections that stay open, in a thread of its own, so that the server is not its own client. */
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

/** What to ask for: every path once, or the first one again and again until the time is up. */
export interface Load {
  readonly origin: string
  readonly paths: readonly string[]
  readonly concurrency: number
  readonly ms: number | 'once'
}

/** What came back. */
export interface Measured {
  readonly requests: number
  readonly bytes: number
  readonly perSecond: number
}

const { origin, paths, concurrency, ms }: Load = workerData
const agent = new Agent({ keepAlive: true, maxSockets: concurrency })

/** A bound for a run that would never end. */
const MAX_REQUESTS = 200_000

let asked = 0
let bytes = 0
const start = performance.now()
await Promise.all(Array.from({ length: concurrency }, loop))
const seconds = (performance.now() - start) / 1000
agent.destroy()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ requests: asked, bytes, perSecond: asked / seconds } satisfies Measured)

async function loop(): Promise<void> {
  for (let path = next(); path !== undefined; path = next()) bytes += await get(path)
}

function next(): string | undefined {
  const isOver = ms === 'once' ? asked >= paths.length : performance.now() - start > ms
  if (isOver || asked >= MAX_REQUESTS) return undefined
  asked += 1
  return ms === 'once' ? paths[asked - 1] : paths[0]
}

function get(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(origin + path, { agent }, (reply) => {
      let size = 0
      let text = ''
      reply.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (reply.statusCode !== 200) text += chunk.toString()
      })
      reply.on('error', reject)
      reply.on('end', () => {
        if (reply.statusCode === 200) resolve(size)
        else reject(new Error(`${path} answered ${reply.statusCode}: ${text}`))
      })
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
