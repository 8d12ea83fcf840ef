#!/usr/bin/env node
/** The command `lightfast-emulator`. */
import { readFileSync } from 'node:fs'
import { InvalidCommandError, parseCommand } from './parse-command.ts'
import { startCommand } from './start-command.ts'

const help = `Usage: lightfast-emulator [options]

A local Cloudflare Images: the API, the upload host and the delivery host on one port.

  --port NUMBER             0 picks a free one (8788)
  --host ADDRESS            where to listen; 0.0.0.0 lets others in (127.0.0.1)
  --data FOLDER             keeps images and the account there (in memory)
  --token TEXT              the API token that may do everything (local-images-write-token)
  --scenario NAME           starts with this scenario switched on
  --seed NUMBER             for faults by chance (1)
  --webhook URL             sends a notification after every direct upload
  --webhook-secret TEXT     sent with it as cf-webhook-auth
  --help, --version

Each option can be set by the environment as well: LIGHTFAST_EMULATOR_PORT and so on.
`

try {
  const command = parseCommand(process.argv.slice(2), process.env)
  if (command.kind === 'start') await startCommand(command.options)
  else process.stdout.write(command.kind === 'help' ? help : `${readVersion()}\n`)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`lightfast-emulator: ${message}\n`)
  process.exitCode = error instanceof InvalidCommandError ? 2 : 1
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text)
  return String(version)
}
