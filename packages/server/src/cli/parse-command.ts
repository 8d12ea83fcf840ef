import { parseArgs } from 'node:util'

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'doctor'; readonly options: DoctorCommand }

export interface DoctorCommand {
  readonly output: 'text' | 'json'
  /** Variants that must be there besides `public`. */
  readonly variants: readonly string[]
  /** Takes the place of `LIGHTFAST_WEBHOOK_SECRET`. */
  readonly webhookSecret?: string
}

/** Says in a sentence what is wrong with the command line. */
export class InvalidCommandError extends TypeError {
  override readonly name = 'InvalidCommandError'
}

/**
 * Parses arguments.
 * @throws {InvalidCommandError} naming what is wrong.
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = readArgs(args)
  if (values.help === true) return { kind: 'help' }
  if (values.version === true) return { kind: 'version' }
  const [name, ...rest] = positionals
  if (name === undefined) throw new InvalidCommandError('A command is missing. Try --help.')
  if (name !== 'doctor') throw new InvalidCommandError(`There is no command ${name}. Try --help.`)
  if (rest.length > 0) throw new InvalidCommandError('doctor takes options only. Try --help.')
  const { json = false, variant = [], 'webhook-secret': webhookSecret } = values
  variant.forEach(checkVariantName)
  return {
    kind: 'doctor',
    options: {
      output: json ? 'json' : 'text',
      variants: variant,
      ...(webhookSecret !== undefined && { webhookSecret }),
    },
  }
}

const options = {
  json: { type: 'boolean' },
  variant: { type: 'string', multiple: true },
  'webhook-secret': { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const [sentence] =
      error instanceof Error ? error.message.split(/\.(?:\s|$)/) : ['Unknown arguments']
    throw new InvalidCommandError(`${sentence}. Try --help.`)
  }
}

function checkVariantName(name: string): void {
  if (/^[\w-]{1,99}$/.test(name)) return
  throw new InvalidCommandError('--variant must be the name of a variant: letters, digits, - and _')
}
