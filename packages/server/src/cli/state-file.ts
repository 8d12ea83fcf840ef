import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { ImportMemory } from '../import/import-context.ts'
import { InvalidCommandError } from './invalid-command-error.ts'

/** Remembers nothing: what is there already is found by its bytes. */
export const noMemory: ImportMemory = { has: () => false, add: () => undefined }

export interface StateFileOptions {
  /** Which import it belongs to. */
  readonly of: string
  /** `look` only reads. */
  readonly mode: 'look' | 'act'
}

/**
 * Opens a file that remembers what an import has done, a line for each source. A line is written when the records say so already; one
 * that was cut off by a kill is not believed. It holds hashes only.
 * @throws {InvalidCommandError} if it belongs to another import.
 */
export async function openStateFile(
  path: string,
  { of, mode }: StateFileOptions,
): Promise<ImportMemory> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const [title, ...lines] = text.split('\n')
  const expected = `lightfast import ${of}`
  if (text !== '' && title !== expected) {
    throw new InvalidCommandError(
      '--state names a file that is not of this import: another owner, kind, account or database, or no state at all.',
    )
  }
  // The last piece is what a kill has cut off, or empty.
  const known = new Set(lines.slice(0, -1))
  if (mode === 'look') return { has: (key) => known.has(key), add: () => undefined }
  const append = openToAppend(path)
  if (text === '') append(`${expected}\n`)
  else if (!text.endsWith('\n')) append('\n')
  return {
    has: (key) => known.has(key),
    add(key) {
      known.add(key)
      append(`${key}\n`)
    },
  }
}

function openToAppend(path: string): (text: string) => void {
  try {
    const file = openSync(path, 'a', 0o600)
    process.once('exit', () => closeSync(file))
    return (text) => void writeSync(file, text)
  } catch {
    throw new InvalidCommandError('--state names a file that cannot be written.')
  }
}
