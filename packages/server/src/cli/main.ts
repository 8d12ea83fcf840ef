#!/usr/bin/env node
/** The command `lightfast`. */
import { readFileSync } from 'node:fs'
import type { Request } from './command-options.ts'
import { formatHelp } from './help.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { parseCommand } from './parse-command.ts'

// Whoever read has left, as `head` does: nobody would hear the rest.
process.stdout.on('error', () => process.exit(1))

try {
  const command = parseCommand(process.argv.slice(2))
  if (command.kind === 'help') process.stdout.write(formatHelp(command.topic))
  else if (command.kind === 'version') process.stdout.write(`${readVersion()}\n`)
  // A name that is still being looked up would keep the process for as long as the system likes.
  else process.exit(await run(command))
} catch (error) {
  process.stderr.write(`lightfast: ${explain(error)}\n`)
  process.exit(error instanceof InvalidCommandError ? 2 : 1)
}

/** Only what a command needs is loaded. */
async function run(request: Request): Promise<0 | 1> {
  switch (request.kind) {
    case 'doctor':
      return (await import('./doctor-command.ts')).doctorCommand(request.options)
    case 'migrate':
      return (await import('./migrate-command.ts')).migrateCommand(request.options)
    case 'reconcile':
      return (await import('./reconcile-command.ts')).reconcileCommand(request.options)
    case 'cleanup':
      return (await import('./cleanup-command.ts')).cleanupCommand(request.options)
    case 'jobs':
      return (await import('./jobs-command.ts')).jobsCommand(request.options)
    case 'import':
      return (await import('./import-command.ts')).importCommand(request.options)
    case 'variants':
      return (await import('./variants-command.ts')).variantsCommand(request.options)
    case 'keys':
      return (await import('./keys-command.ts')).keysCommand(request.options)
    default:
      return request satisfies never
  }
}

/** Of what an engine says, only its code: its words may repeat where and as whom it was asked. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? `${message} (${code})` : message
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text)
  return String(version)
}
