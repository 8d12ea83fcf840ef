import { parseArgs } from 'node:util'
import { isScenarioName, scenarios } from '../scenarios.ts'
import type { ScenarioName } from '../scenarios.ts'

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'start'; readonly options: CommandOptions }

/** The options of a start, defaults filled in. */
export interface CommandOptions {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly data?: string
  readonly token?: string
  readonly scenario?: ScenarioName
  readonly webhook?: { readonly url: string; readonly secret?: string }
}

/** Says in a sentence what is wrong with the command line. */
export class InvalidCommandError extends TypeError {
  override readonly name = 'InvalidCommandError'
}

/**
 * Parses arguments; what is not among them is looked up in the environment.
 * @throws {InvalidCommandError} naming the option that is wrong.
 */
export function parseCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const { help, version, ...given } = readArgs(args)
  if (help === true) return { kind: 'help' }
  if (version === true) return { kind: 'version' }
  const read = (name: ValueName): string | undefined => {
    const value = given[name] ?? environment[toVariable(name)]
    return value === '' ? undefined : value
  }
  return { kind: 'start', options: toOptions(read) }
}

const text = { type: 'string' } as const
const values = {
  port: text,
  host: text,
  data: text,
  token: text,
  scenario: text,
  seed: text,
  webhook: text,
  'webhook-secret': text,
} as const
const flags = { help: { type: 'boolean' }, version: { type: 'boolean' } } as const

type ValueName = keyof typeof values

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...values, ...flags } }).values
  } catch (error) {
    const [sentence] = error instanceof Error ? error.message.split('. ') : ['Unknown arguments']
    throw new InvalidCommandError(`${sentence}. Try --help.`)
  }
}

const toVariable = (name: ValueName): string =>
  `LIGHTFAST_EMULATOR_${name.toUpperCase().replaceAll('-', '_')}`

function toOptions(read: (name: ValueName) => string | undefined): CommandOptions {
  const data = read('data')
  const token = read('token')
  const scenario = parseScenario(read('scenario'))
  const webhook = parseWebhook(read('webhook'), read('webhook-secret'))
  return {
    port: parseWhole('port', read('port') ?? '8788', 65_535),
    host: read('host') ?? '127.0.0.1',
    seed: parseWhole('seed', read('seed') ?? '1', 2 ** 32 - 1),
    ...(data !== undefined && { data }),
    ...(token !== undefined && { token }),
    ...(scenario && { scenario }),
    ...(webhook && { webhook }),
  }
}

function parseWhole(name: ValueName, value: string, most: number): number {
  if (/^\d+$/.test(value) && Number(value) <= most) return Number(value)
  throw new InvalidCommandError(`--${name} must be a whole number from 0 to ${most}, not ${value}`)
}

function parseScenario(value: string | undefined): ScenarioName | undefined {
  if (value === undefined || isScenarioName(value)) return value
  const names = Object.keys(scenarios).join(', ')
  throw new InvalidCommandError(`--scenario must be one of ${names}, not ${value}`)
}

function parseWebhook(
  url: string | undefined,
  secret: string | undefined,
): CommandOptions['webhook'] {
  if (url === undefined) return undefined
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new InvalidCommandError(`--webhook must be a URL of http or https, not ${url}`)
  return { url, ...(secret !== undefined && { secret }) }
}
