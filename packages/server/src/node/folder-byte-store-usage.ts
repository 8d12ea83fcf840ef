import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { toStorageFull } from '../bytes/storage-full.ts'
import { isKey, isLeftover } from './folder-byte-store-names.ts'

export interface UsageOptions {
  readonly maxTotalBytes: number
  /** Adds up what is in the folder, but for the files that are named. */
  readonly measure: (beside: ReadonlySet<string>) => Promise<number>
}

/** Bytes on their way into the folder. */
export interface Arrival {
  /** Looks at the folder once more: other processes may have filled it. */
  readonly ready: () => Promise<void>
  /** Counts bytes before they are written. @throws ImagesError `storage_full` */
  readonly take: (bytes: number) => Promise<void>
  /** They are whole now, and stay. */
  readonly keep: () => void
  readonly end: () => void
}

export interface FolderUsage {
  readonly begin: (partName: string) => Arrival
}

/**
 * Keeps count of how full a folder is. What this process is writing, it knows exactly; the rest it measures before it
 * begins to write, and again before it says that there is no room. Where the two overlap, bytes are counted twice
 * rather than not at all.
 */
export function createFolderUsage({ maxTotalBytes, measure }: UsageOptions): FolderUsage {
  const writing = new Set<string>()
  let storedBytes = 0
  let arrivingBytes = 0
  let keptBytes = 0
  let measuring: Promise<void> | undefined

  /** Many who ask at once share one look. */
  async function look(): Promise<void> {
    if (maxTotalBytes === Infinity) return
    measuring ??= measureNow().finally(() => (measuring = undefined))
    await measuring
  }

  async function measureNow(): Promise<void> {
    const keptBefore = keptBytes
    const measured = await measure(writing)
    storedBytes = measured + keptBytes - keptBefore
  }

  function begin(partName: string): Arrival {
    let ownBytes = 0
    writing.add(partName)
    return { ready: look, take, keep, end }

    async function take(bytes: number): Promise<void> {
      if (!hasRoom(bytes)) await look()
      if (!hasRoom(bytes)) throw toStorageFull(`the folder may hold ${maxTotalBytes} bytes in all`)
      ownBytes += bytes
      arrivingBytes += bytes
    }

    function keep(): void {
      storedBytes += ownBytes
      keptBytes += ownBytes
      end()
    }

    function end(): void {
      arrivingBytes -= ownBytes
      ownBytes = 0
      writing.delete(partName)
    }
  }

  function hasRoom(bytes: number): boolean {
    return storedBytes + arrivingBytes + bytes <= maxTotalBytes
  }

  return { begin }
}

/** Adds up the files of a store. A link takes room of its own only if the file has no other name any more. */
export async function measureFolder(path: string, beside: ReadonlySet<string>): Promise<number> {
  const names = (await readdir(path)).filter((name) => isKey(name) || isLeftover(name))
  const sizes = await Promise.all(
    names.map(async (name) => {
      const found = beside.has(name) ? undefined : await stat(join(path, name)).catch(ignore)
      if (!found || (name.endsWith('.open') && found.nlink > 1)) return 0
      return found.size
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** It has just gone, and with it its bytes. */
function ignore(): undefined {}
