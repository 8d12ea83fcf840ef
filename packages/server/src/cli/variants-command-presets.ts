import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Presets } from '@lightfast/core'
import { parsePresets } from '../delivery/presets-schema.ts'
import { InvalidCommandError } from './invalid-command-error.ts'

/**
 * Reads the presets of an app: a JSON file, or a module that exports `presets`, which the app itself can import.
 * @throws {InvalidCommandError} naming what is missing or wrong.
 */
export async function readPresets(path: string | undefined): Promise<Presets> {
  if (!path) {
    throw new InvalidCommandError(
      'LIGHTFAST_PRESETS is not set: the file of the presets, or --presets FILE.',
    )
  }
  if (!existsSync(path))
    throw new InvalidCommandError(
      'There is no file of presets where LIGHTFAST_PRESETS or --presets says.',
    )
  const value = path.endsWith('.json') ? readJson(path) : await importPresets(path)
  try {
    return parsePresets(value)
  } catch (cause) {
    if (cause instanceof TypeError) throw new InvalidCommandError(cause.message, { cause })
    throw cause
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new InvalidCommandError('The file of the presets is no JSON.', { cause })
  }
}

async function importPresets(path: string): Promise<unknown> {
  const module: { readonly presets?: unknown } = await import(pathToFileURL(resolve(path)).href)
  if (module.presets !== undefined) return module.presets
  throw new InvalidCommandError('The module of the presets exports no "presets".')
}
