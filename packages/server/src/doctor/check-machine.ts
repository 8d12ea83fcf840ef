import { fail, ok, skip, warn } from './check.ts'
import type { Finding } from './check.ts'

/** What the machine has. */
export interface Machine {
  /** Such as `24.1.0`. */
  readonly nodeVersion: string
  readonly hasSqlite: boolean
}

const MIN_NODE = [22, 13] as const
const MIN_SECRET_LENGTH = 32

export function checkNode({ nodeVersion }: Machine): Finding {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  const [leastMajor, leastMinor] = MIN_NODE
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  if (isEnough) return ok(`Node ${nodeVersion}.`)
  return fail(`Node ${nodeVersion} is too old.`, `Use Node ${MIN_NODE.join('.')} or newer.`)
}

export function checkSqlite({ hasSqlite }: Machine): Finding {
  if (hasSqlite) return ok('node:sqlite is there.')
  return warn(
    'node:sqlite is not there, so records cannot be kept in a file.',
    'Use a newer Node, or another store.',
  )
}

/** Checks the secret that webhooks must bring. Without one they are refused, and nothing else changes. */
export function checkWebhookSecret(secret: string): Finding {
  if (secret === '') {
    return skip(
      'LIGHTFAST_WEBHOOK_SECRET is not set: webhooks are refused, and uploads confirmed by asking Cloudflare.',
    )
  }
  if (secret.length >= MIN_SECRET_LENGTH) return ok('The webhook secret is set and long enough.')
  return fail(
    `The webhook secret is shorter than ${MIN_SECRET_LENGTH} characters: it could be guessed.`,
    'Make a new one with `openssl rand -hex 32`, and a new destination in the dashboard under Notifications with it.',
  )
}
