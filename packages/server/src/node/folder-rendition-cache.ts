import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rendition, RenditionCache } from '../delivery/rendition-cache.ts'
import { checkNumber } from '../read-config.ts'
import { onDisk } from './folder-byte-store-failure.ts'
import { createFolderRenditionUsage } from './folder-rendition-cache-usage.ts'
import type { FolderRenditionUsage, KeptFile } from './folder-rendition-cache-usage.ts'
import {
  isKeptName,
  isPartName,
  readRendition,
  toFileName,
  writeRendition,
} from './folder-rendition-cache-file.ts'

export interface FolderRenditionCacheOptions {
  /** A folder, better one of its own. It is made if it is not there. What else is in it stays, and does not count. */
  readonly path: string
  /** How much it may hold in all; what was used least recently goes first. @default 1 GB */
  readonly maxBytes?: number
  /** @default Date.now */
  readonly now?: () => number
}

interface Folder {
  readonly path: string
  readonly usage: FolderRenditionUsage
  readonly now: () => number
}

/** A process that writes a file does so for less long. */
const LEFTOVER_AFTER_MS = 3_600_000

/**
 * Opens a cache in a folder of this machine, which outlives the process, and which several may share. A file appears whole or
 * not at all, and one that a crash has spoilt is found out and removed.
 * @throws ImagesError `store_unavailable` if the folder cannot be used. After that, neither method rejects.
 */
export async function openFolderRenditionCache(
  options: FolderRenditionCacheOptions,
): Promise<RenditionCache> {
  const { path, maxBytes = 1_000_000_000, now = () => Date.now() } = options
  checkNumber('maxBytes', maxBytes, { min: 0, max: Infinity })
  await onDisk(mkdir(path, { recursive: true, mode: 0o700 }))
  await onDisk(clearLeftovers(path, now()))
  const usage = createFolderRenditionUsage({
    maxBytes,
    list: () => listFiles(path),
    remove: (name) => rm(join(path, name), { force: true }),
  })
  await onDisk(usage.measure())
  const folder = { path, usage, now }
  return {
    get: (key) => get(folder, key).catch(() => undefined),
    put: (key, rendition) => put(folder, key, rendition).catch(() => undefined),
  }
}

async function get({ path, usage, now }: Folder, key: string): Promise<Rendition | undefined> {
  const name = toFileName(key)
  const file = join(path, name)
  const content = await readFile(file)
  const rendition = readRendition(key, content)
  if (!rendition) {
    usage.forget(name)
    await rm(file, { force: true })
    return undefined
  }
  // What is remembered after a restart: when it was last used, give or take a minute.
  if (usage.use(name, { sizeBytes: content.byteLength, at: now() })) {
    await utimes(file, now() / 1000, now() / 1000)
  }
  return rendition
}

async function put({ path, usage, now }: Folder, key: string, rendition: Rendition): Promise<void> {
  const name = toFileName(key)
  const content = writeRendition(key, rendition)
  const part = join(path, `.${name}.${randomUUID()}.part`)
  try {
    if (content.byteLength > usage.maxBytes) {
      usage.forget(name)
      return await rm(join(path, name), { force: true })
    }
    await writeFile(part, content, { flag: 'wx', mode: 0o600 })
    await utimes(part, now() / 1000, now() / 1000)
    await rename(part, join(path, name))
    await usage.add(name, { sizeBytes: content.byteLength, at: now() })
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function listFiles(path: string): Promise<readonly (readonly [string, KeptFile])[]> {
  const names = (await readdir(path)).filter(isKeptName)
  const found = await Promise.all(
    names.map(async (name) => [name, await stat(join(path, name)).catch(() => undefined)] as const),
  )
  return found.flatMap(([name, file]) =>
    file?.isFile() ? [[name, { sizeBytes: file.size, at: file.mtimeMs }] as const] : [],
  )
}

async function clearLeftovers(path: string, now: number): Promise<void> {
  for (const name of (await readdir(path)).filter(isPartName)) {
    const file = await stat(join(path, name)).catch(() => undefined)
    if (file && now - file.ctimeMs > LEFTOVER_AFTER_MS) await rm(join(path, name), { force: true })
  }
}
