#!/usr/bin/env node
/** The command `lightfast`. */
import { readFileSync } from 'node:fs'
import { doctorCommand } from './doctor-command.ts'
import { InvalidCommandError, parseCommand } from './parse-command.ts'

const help = `Usage: lightfast doctor [options]

Checks that an app can work with its account at Cloudflare Images, and says how to mend what is wrong.

  --json                    for machines
  --variant NAME            must be there besides public; can be given several times
  --webhook-secret TEXT     in place of LIGHTFAST_WEBHOOK_SECRET; others on the machine can see it
  --help, --version

It reads CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN, CLOUDFLARE_IMAGES_ACCOUNT_HASH and, if they are
set, CLOUDFLARE_BASE_URL, CLOUDFLARE_IMAGES_DELIVERY_URL and LIGHTFAST_WEBHOOK_SECRET.
It makes one draft upload, which expires by itself, and changes nothing else.

Ends with 0 if nothing failed, 1 if something did, and 2 if it was asked wrongly.
`

// Whoever read has left, as `head` does: nobody would hear the rest.
process.stdout.on('error', () => process.exit(1))

try {
  const command = parseCommand(process.argv.slice(2))
  // A name that is still being looked up would keep the process for as long as the system likes.
  if (command.kind === 'doctor') process.exit(await doctorCommand(command.options))
  else process.stdout.write(command.kind === 'help' ? help : `${readVersion()}\n`)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`lightfast: ${message}\n`)
  process.exitCode = error instanceof InvalidCommandError ? 2 : 1
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text)
  return String(version)
}
