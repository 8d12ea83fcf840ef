import { link, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isLeftover, toOpenedName, toPartName } from './folder-byte-store-names.ts'

/** Another process may be writing or reading it. None does so for longer. */
const LEFTOVER_AFTER_MS = 3_600_000

/** Belongs to nobody. */
const PROBE_KEY = '00000000-0000-0000-0000-000000000000'

/** Makes the folder if it is not there, removes what a killed process left in it, and tries out what a store needs of it. */
export async function prepareFolder(path: string, now: number): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  for (const name of await readdir(path)) {
    if (isLeftover(name)) await clear(join(path, name), now)
  }
  await tryOut(path)
}

/** A link to a file has the file's own times but for this one, which says when it was last linked. */
async function clear(file: string, now: number): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found && now - found.ctimeMs > LEFTOVER_AFTER_MS) await rm(file, { force: true })
}

/** Better now than when a file was taken over and nobody can open it. */
async function tryOut(path: string): Promise<void> {
  const [file, other] = [join(path, toPartName(PROBE_KEY)), join(path, toOpenedName(PROBE_KEY))]
  try {
    await writeFile(file, 'x', { flag: 'wx', mode: 0o600 })
    await link(file, other)
  } finally {
    await rm(file, { force: true })
    await rm(other, { force: true })
  }
}
