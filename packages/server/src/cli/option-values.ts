import { InvalidCommandError } from './invalid-command-error.ts'

/** Every option of every command, as `parseArgs` wants them. */
export const optionTypes = {
  help: { type: 'boolean' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  variant: { type: 'string', multiple: true },
  'webhook-secret': { type: 'string' },
  'dry-run': { type: 'boolean' },
  'unused-days': { type: 'string' },
  'expired-days': { type: 'string' },
  yes: { type: 'boolean' },
  state: { type: 'string' },
  kind: { type: 'string' },
  replay: { type: 'string', multiple: true },
  'replay-all': { type: 'boolean' },
  run: { type: 'boolean' },
  list: { type: 'string' },
  owner: { type: 'string' },
  tenant: { type: 'string' },
  concurrency: { type: 'string' },
  'per-minute': { type: 'string' },
  'allow-private': { type: 'boolean' },
  presets: { type: 'string' },
  finish: { type: 'boolean' },
  old: { type: 'string' },
  'show-value': { type: 'boolean' },
} as const

export type OptionName = keyof typeof optionTypes

/** What was given, by the names on the command line. */
export type OptionValues = {
  readonly [Name in OptionName]?:
    | ((typeof optionTypes)[Name] extends { type: 'boolean' }
        ? boolean
        : (typeof optionTypes)[Name] extends { multiple: true }
          ? string[]
          : string)
    | undefined
}

interface Range {
  readonly min: number
  readonly max: number
}

/** Reads a whole number. @throws {InvalidCommandError} naming the option and its range. */
export function readNumber(name: OptionName, text: string, { min, max }: Range): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new InvalidCommandError(`--${name} must be a whole number from ${min} to ${max}.`)
}

/** Reads one of some words. @throws {InvalidCommandError} naming the option and the words. */
export function readWord<Word extends string>(
  name: OptionName,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  throw new InvalidCommandError(`--${name} must be one of ${words.join(', ')}.`)
}

/** Reads a name that is kept with images. @throws {InvalidCommandError} naming the option. */
export function readName(name: OptionName, text: string | undefined): string {
  if (text === undefined) throw new InvalidCommandError(`--${name} is missing. Try --help.`)
  if (text !== '' && text.length <= 255 && !/\p{Cc}/u.test(text)) return text
  throw new InvalidCommandError(`--${name} must have from 1 to 255 letters.`)
}
