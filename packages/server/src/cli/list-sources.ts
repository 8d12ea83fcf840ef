import { createReadStream } from 'node:fs'
import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ImagesError } from '@lightfast/core'

/** What was named, or found below a folder that was named. */
export type Listed =
  | {
      readonly type: 'file'
      readonly path: string
      readonly sizeBytes: number
      readonly at: number
    }
  | { readonly type: 'address'; readonly url: string }
  | { readonly type: 'wrong'; readonly name: string; readonly error: ImagesError }

/**
 * Lists files and addresses as they are asked for, in the order of their names. Folders are looked through to the bottom; names that begin
 * with a dot are left out, and so are links to other folders.
 */
export async function* listSources(
  named: readonly string[],
  list: string | undefined,
): AsyncGenerator<Listed, void, void> {
  for (const one of named) yield* expand(one)
  if (list === undefined) return
  const lines = createInterface({ input: createReadStream(list), crlfDelay: Infinity })
  for await (const line of lines) if (line.trim() !== '') yield* expand(line.trim())
}

async function* expand(named: string): AsyncGenerator<Listed, void, void> {
  if (/^https?:\/\//i.test(named)) yield { type: 'address', url: named }
  else yield* look(named)
}

async function* look(path: string): AsyncGenerator<Listed, void, void> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) yield* walk(path)
    else yield toListed(path, found)
  } catch (error) {
    yield { type: 'wrong', name: path, error: toWrong(error) }
  }
}

function toListed(path: string, found: Stats): Listed {
  if (found.isFile()) return { type: 'file', path, sizeBytes: found.size, at: found.mtimeMs }
  return { type: 'wrong', name: path, error: toError('It is neither a file nor a folder.') }
}

async function* walk(folder: string): AsyncGenerator<Listed, void, void> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || (entry.isSymbolicLink() && (await isFolder(path)))) continue
    if (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()) yield* look(path)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** Tells why a path cannot be read. */
export function toWrong(error: unknown): ImagesError {
  if (error instanceof ImagesError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return toError('There is no such file or folder.')
  if (code === 'EACCES' || code === 'EPERM') {
    return new ImagesError('forbidden', 'It may not be read.', { cause: error })
  }
  return new ImagesError('not_found', 'It cannot be read.', { cause: error })
}

function toError(message: string): ImagesError {
  return new ImagesError('not_found', message)
}
