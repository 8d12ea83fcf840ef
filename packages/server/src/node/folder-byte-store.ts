import { openAsBlob } from 'node:fs'
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { ByteStore, PutOptions, StoredBytes } from '../bytes/byte-store.ts'
import { takeChunks } from '../bytes/take-chunks.ts'
import { checkNumber } from '../read-config.ts'
import { isMissing, onDisk } from './folder-byte-store-failure.ts'
import {
  isKey,
  isOpenedOf,
  toFileName,
  toOpenedName,
  toPartName,
} from './folder-byte-store-names.ts'
import { prepareFolder } from './folder-byte-store-prepare.ts'
import { createFolderUsage, measureFolder } from './folder-byte-store-usage.ts'
import type { FolderUsage } from './folder-byte-store-usage.ts'

export interface FolderByteStoreOptions {
  /** A folder of its own, on a file system with hard links. It is made if it is not there. */
  readonly path: string
  /** How much it may hold in all, whoever put it there. @default no limit */
  readonly maxTotalBytes?: number
  /** @default Date.now */
  readonly now?: () => number
}

interface Folder {
  readonly path: string
  readonly usage: FolderUsage
}

/**
 * Opens a store that keeps every file in a folder of this machine, which several processes may share. Keys are UUIDs in lower
 * case. A file that is put is on the disk for good before its key appears. What a killed process left behind is
 * removed at the next opening, an hour later.
 */
export async function openFolderByteStore(options: FolderByteStoreOptions): Promise<ByteStore> {
  const { path, maxTotalBytes = Infinity, now = () => Date.now() } = options
  checkNumber('maxTotalBytes', maxTotalBytes, { min: 0, max: Infinity })
  await onDisk(prepareFolder(path, now()))
  const measure = (own: ReadonlySet<string>) => onDisk(measureFolder(path, own))
  const folder: Folder = { path, usage: createFolderUsage({ maxTotalBytes, measure }) }
  return {
    put: (key, body, limits) => put(folder, key, { ...limits, body }),
    open: (key) => onDisk(openFile(path, key)),
    delete: (key) => onDisk(deleteFile(path, key)),
    list: () => listFiles(path),
  }
}

interface Put extends PutOptions {
  readonly body: ReadableStream<Uint8Array>
}

async function put(folder: Folder, key: string, { body, ...limits }: Put) {
  const { path, usage } = folder
  const file = join(path, toFileName(key))
  const partName = toPartName(key)
  const part = join(path, partName)
  const arrival = usage.begin(partName)
  try {
    const handle = await begin(part, arrival.ready, body)
    const sizeBytes = await write(handle, takeChunks(body, limits), arrival.take)
    await onDisk(rename(part, file))
    arrival.keep()
    await onDisk(syncFolder(path))
    return { sizeBytes }
  } catch (error) {
    await rm(part, { force: true }).catch(ignore)
    throw error
  } finally {
    arrival.end()
  }
}

/** Nobody has read the body yet, so if this fails it is let go here. */
async function begin(
  part: string,
  ready: () => Promise<void>,
  body: ReadableStream<Uint8Array>,
): Promise<FileHandle> {
  try {
    await ready()
    return await onDisk(open(part, 'wx', 0o600))
  } catch (error) {
    body.cancel(error).catch(ignore)
    throw error
  }
}

async function write(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  take: (bytes: number) => Promise<void>,
): Promise<number> {
  try {
    let sizeBytes = 0
    for await (const chunk of chunks) {
      await take(chunk.byteLength)
      await onDisk(handle.writeFile(chunk))
      sizeBytes += chunk.byteLength
    }
    await onDisk(handle.sync())
    return sizeBytes
  } finally {
    await onDisk(handle.close())
  }
}

/** Only then is the new name on the disk for good. Not every system can do it, and there it is not needed. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Node reads a file's bytes by its name, and refuses if another file has got the name meanwhile. So what is opened has a name of
 * its own, a hard link that goes when the key is deleted. All who open the same file share it.
 */
async function openFile(path: string, key: string): Promise<Blob | undefined> {
  const file = join(path, toFileName(key))
  const fresh = join(path, toOpenedName(key))
  try {
    await link(file, fresh)
    const { ino } = await stat(fresh, { bigint: true })
    const shared = join(path, toOpenedName(key, ino))
    await rename(fresh, shared)
    return (await isThere(file)) ? await toBlob(shared) : await forget(shared)
  } catch (error) {
    if (!isMissing(error)) throw error
    // Without its folder, nobody knows what there is.
    await stat(path)
    return undefined
  } finally {
    // A rename does nothing if both names are links to one file.
    await rm(fresh, { force: true })
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(unlessMissing)) !== undefined
}

/** Whoever deletes the key at this moment may have looked for links before this one was there. */
async function forget(shared: string): Promise<undefined> {
  await rm(shared, { force: true })
}

/** What Node throws does not say why: a look at the file does, if it has gone. If it has not, somebody else has just opened it again. */
async function toBlob(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file)
  } catch {
    await stat(file)
    return openAsBlob(file)
  }
}

async function deleteFile(path: string, key: string): Promise<void> {
  await rm(join(path, toFileName(key)), { force: true })
  for (const name of await readdir(path)) {
    if (isOpenedOf(key, name)) await rm(join(path, name), { force: true })
  }
}

async function* listFiles(path: string): AsyncGenerator<StoredBytes> {
  const names = new Set(await onDisk(readdir(path)))
  for (const name of names) {
    if (!isKey(name)) continue
    const found = await onDisk(stat(join(path, name)).catch(unlessMissing))
    if (found) yield { key: name, sizeBytes: found.size, storedAt: Math.floor(found.mtimeMs) }
  }
}

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error
}

/** The first error is the one to tell. */
function ignore(): void {}
