/** A process that keeps files in a folder and uploads them from there, and tells how much memory that took. */
import { createImagesClient } from '../../client/create-images-client.ts'
import { openFolderByteStore } from '../folder-byte-store.ts'

export interface Relayed {
  readonly idleBytes: number
  readonly peakBytes: number
}

const [path = '', baseUrl = '', count = '', atOnce = ''] = process.argv.slice(2)
const FILE_BYTES = 10_000_000
const CHUNK_BYTES = 64 * 1024

const store = await openFolderByteStore({ path })
const client = createImagesClient({ accountId: 'account', apiToken: 'token', baseUrl })

await relay()
const idleBytes = process.memoryUsage.rss()
let peakBytes = idleBytes
const watching = setInterval(watch, 5)
let left = Number(count)
await Promise.all(Array.from({ length: Number(atOnce) }, work))
clearInterval(watching)
watch()
console.log(JSON.stringify({ idleBytes, peakBytes } satisfies Relayed))

async function work(): Promise<void> {
  while (left > 0) {
    left -= 1
    await relay()
  }
}

async function relay(): Promise<void> {
  const key = crypto.randomUUID()
  await store.put(key, makeBody(), { maxBytes: FILE_BYTES })
  const file = await store.open(key)
  if (!file) throw new Error('The bytes are not there.')
  await client.images.upload({ file, name: 'a.jpg' }, { privacy: 'private', deadlineMs: 120_000 })
  await store.delete(key)
}

/** As it comes in from a browser: piece by piece, each in memory of its own. */
function makeBody(): ReadableStream<Uint8Array> {
  let leftBytes = FILE_BYTES
  return new ReadableStream(
    {
      pull(controller) {
        const bytes = Math.min(CHUNK_BYTES, leftBytes)
        leftBytes -= bytes
        if (bytes === 0) controller.close()
        else controller.enqueue(new Uint8Array(bytes).fill(leftBytes % 256))
      },
    },
    { highWaterMark: 0 },
  )
}

function watch(): void {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
}
