/** A process that puts bytes into a folder and says how that ended. Its name for the folder may be its own. */
import { chmodSync, readdirSync } from 'node:fs'
import { openFolderByteStore } from '../folder-byte-store.ts'

export type Saying =
  | { readonly type: 'writing'; readonly names: readonly string[] }
  | { readonly type: 'ended'; readonly code: string; readonly names: readonly string[] }

const [path = '', size = '', access = ''] = process.argv.slice(2)
const CHUNK_BYTES = 64 * 1024

// Else this process would be killed when it writes more than it may.
process.on('SIGXFSZ', () => undefined)
const store = await openFolderByteStore({ path })
if (access === 'read-only') lockOut()
const body = size === 'endless' ? makeEndless() : new Blob([new Uint8Array(Number(size))]).stream()
say({ type: 'ended', code: await put(), names: readdirSync(path) })

async function put(): Promise<string> {
  try {
    await store.put(crypto.randomUUID(), body, { maxBytes: Infinity })
    return 'put'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** Nothing is read-only to root, so it becomes somebody else. */
function lockOut(): void {
  chmodSync(path, 0o555)
  if (process.getuid?.() === 0) process.setuid?.(65_534)
}

/** Stops in the middle, with half a file on the disk. */
function makeEndless(): ReadableStream<Uint8Array> {
  let chunks = 0
  return new ReadableStream(
    {
      pull(controller) {
        chunks += 1
        if (chunks < 20) return controller.enqueue(new Uint8Array(CHUNK_BYTES))
        say({ type: 'writing', names: readdirSync(path) })
        return new Promise(() => setInterval(() => undefined, 1000))
      },
    },
    { highWaterMark: 0 },
  )
}

function say(saying: Saying): void {
  console.log(JSON.stringify(saying))
}
