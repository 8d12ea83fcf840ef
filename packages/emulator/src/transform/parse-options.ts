import { notEmulated } from '../refusal.ts'
import { fullName, optionReaders } from './option-readers.ts'
import { invalidOption } from './refuse.ts'
import { toAskedOptions } from './to-asked-options.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { OptionName, OptionValues } from './option-readers.ts'
import type { AskedOptions } from './transform-options.ts'

/**
 * Parses a list of options as it stands in a URL, `w=400,sharpen=3`, still encoded: a comma within a value is `%2C`.
 * @throws {RefusedError} naming the first option that is unknown, given twice or out of its range.
 */
export function parseOptions(list: string, settings: EmulatorSettings): AskedOptions {
  const read = new Map<OptionName, unknown>()
  for (const entry of list.split(',')) {
    const [name, value] = readEntry(decode(entry, settings), settings)
    if (read.has(name)) throw invalidOption(`${name} is given twice`, settings)
    read.set(name, value)
  }
  const values: OptionValues = Object.fromEntries(read)
  refuseUnmatched(values)
  return toAskedOptions(values, settings)
}

function readEntry(entry: string, settings: EmulatorSettings): readonly [OptionName, unknown] {
  const at = entry.indexOf('=')
  const given = entry.slice(0, Math.max(0, at))
  const name = fullName(given)
  if (!name) throw invalidOption(words[given] ?? `unknown option "${shorten(entry)}"`, settings)
  const value = optionReaders[name](entry.slice(at + 1))
  if (value === undefined) throw invalidOption(`"${shorten(entry)}" is out of range`, settings)
  return [name, value]
}

/** What a URL cannot say although Cloudflare knows it. */
const words: Readonly<Record<string, string>> = {
  border: 'border is for Workers only',
  draw: 'draw is for Workers only',
  'origin-auth': 'origin-auth is for Workers only',
  onerror: 'onerror is for remote images only',
}

/** Names what needs a model, which nothing here stands in for. */
function refuseUnmatched({ gravity, zoom, segment, upscale }: OptionValues): void {
  if (gravity === 'face') throw notEmulated('gravity=face')
  if (zoom !== undefined) throw notEmulated('zoom')
  if (segment) throw notEmulated('segment=foreground')
  if (upscale === 'generate') throw notEmulated('upscale=generate')
}

function decode(text: string, settings: EmulatorSettings): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidOption('an option is not properly encoded', settings)
  }
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
