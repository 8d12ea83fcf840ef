import { parseArgs } from 'node:util'
import { isCommandName, readOptions } from './command-options.ts'
import type { CommandName, Request } from './command-options.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { optionTypes } from './option-values.ts'

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'version' }
  /** About one command, or about all of them. */
  | { readonly kind: 'help'; readonly topic?: CommandName }
  | Request

/**
 * Parses arguments.
 * @throws {InvalidCommandError} naming what is wrong.
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = readArgs(args)
  const [name, ...rest] = positionals
  const isKnown = name !== undefined && isCommandName(name)
  if (values.help === true) return { kind: 'help', ...(isKnown && { topic: name }) }
  if (values.version === true) return { kind: 'version' }
  if (name === undefined) throw new InvalidCommandError('A command is missing. Try --help.')
  if (!isKnown) throw new InvalidCommandError(`There is no command ${name}. Try --help.`)
  return readOptions(name, values, rest)
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTypes, allowPositionals: true })
  } catch (error) {
    const [sentence] =
      error instanceof Error ? error.message.split(/\.(?:\s|$)/) : ['Unknown arguments']
    throw new InvalidCommandError(`${sentence}. Try --help.`)
  }
}
