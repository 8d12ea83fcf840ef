import { checkNumber } from '../read-config.ts'
import type { Rendition, RenditionCache } from './rendition-cache.ts'

export interface MemoryRenditionCacheOptions {
  /** How much it may hold in all; what was used least recently goes first. @default 64 MiB */
  readonly maxBytes?: number
}

/** About what an entry costs beside its bytes, so that a million empty ones do not count as nothing. */
const ENTRY_BYTES = 200

/** Makes a cache in memory. Whoever gets bytes out of it shares them with others, and must not write into them. */
export function createMemoryRenditionCache(
  options: MemoryRenditionCacheOptions = {},
): RenditionCache {
  const { maxBytes = 64 * 1024 * 1024 } = options
  checkNumber('maxBytes', maxBytes, { min: 0, max: Infinity })
  /** A map keeps the order in which it was written: the first one was used least recently. */
  const kept = new Map<string, Rendition>()
  let heldBytes = 0

  function remove(key: string): Rendition | undefined {
    const rendition = kept.get(key)
    if (!rendition) return undefined
    kept.delete(key)
    heldBytes -= sizeOf(key, rendition)
    return rendition
  }

  function add(key: string, rendition: Rendition): void {
    kept.set(key, rendition)
    heldBytes += sizeOf(key, rendition)
  }

  return {
    async get(key) {
      const rendition = remove(key)
      if (rendition) add(key, rendition)
      return rendition
    },
    async put(key, rendition) {
      remove(key)
      if (sizeOf(key, rendition) > maxBytes) return
      // Whoever made the bytes may use their memory again.
      add(key, { ...rendition, bytes: rendition.bytes.slice() })
      for (const oldest of kept.keys()) {
        if (heldBytes <= maxBytes) return
        remove(oldest)
      }
    },
  }
}

function sizeOf(key: string, { bytes }: Rendition): number {
  return ENTRY_BYTES + 2 * key.length + bytes.byteLength
}
