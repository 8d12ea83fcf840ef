import { checkNumber } from '../read-config.ts'
import type { ByteStore, PutOptions, StoredBytes } from './byte-store.ts'
import { toStorageFull } from './storage-full.ts'
import { takeChunks } from './take-chunks.ts'

export interface MemoryByteStoreOptions {
  /** @default Date.now */
  readonly now?: () => number
  /** How much it may hold in all. @default no limit */
  readonly maxTotalBytes?: number
}

interface Kept {
  readonly blob: Blob
  readonly storedAt: number
}

/** Makes a store in memory, for tests and for trying things out: what it keeps is gone with the process. */
export function createMemoryByteStore(options: MemoryByteStoreOptions = {}): ByteStore {
  const { now = () => Date.now(), maxTotalBytes = Infinity } = options
  checkNumber('maxTotalBytes', maxTotalBytes, { min: 0, max: Infinity })
  const kept = new Map<string, Kept>()
  let arrivingBytes = 0

  async function put(key: string, body: ReadableStream<Uint8Array>, limits: PutOptions) {
    const chunks: Uint8Array<ArrayBuffer>[] = []
    let sizeBytes = 0
    try {
      for await (const chunk of takeChunks(body, limits)) {
        reserve(key, chunk.byteLength)
        sizeBytes += chunk.byteLength
        // Whoever made the chunk may use its memory again.
        chunks.push(new Uint8Array(chunk))
      }
      kept.set(key, { blob: new Blob(chunks), storedAt: now() })
      return { sizeBytes }
    } finally {
      arrivingBytes -= sizeBytes
    }
  }

  function reserve(key: string, bytes: number): void {
    if (sizeBeside(key) + arrivingBytes + bytes > maxTotalBytes) {
      throw toStorageFull(`this store may hold ${maxTotalBytes} bytes in all`)
    }
    arrivingBytes += bytes
  }

  function sizeBeside(key: string): number {
    let total = 0
    for (const [other, { blob }] of kept) if (other !== key) total += blob.size
    return total
  }

  return {
    put,
    open: async (key) => kept.get(key)?.blob,
    delete: async (key) => void kept.delete(key),
    list: () => listKept(kept),
  }
}

/** As it is now: a key that is put again meanwhile would come twice. */
async function* listKept(kept: ReadonlyMap<string, Kept>): AsyncGenerator<StoredBytes> {
  const entries = Array.from(kept)
  for (const [key, { blob, storedAt }] of entries) yield { key, sizeBytes: blob.size, storedAt }
}
