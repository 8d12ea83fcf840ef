/** The only place of the demo that reads the environment. */
import { isAbsolute, resolve } from 'node:path'
import * as v from 'valibot'

/** A real account; without one the demo brings a Cloudflare Images of its own. */
export interface CloudflareAccount {
  readonly accountId: string
  readonly apiToken: string
  readonly accountHash: string
  /** Where its API is, if not at Cloudflare. */
  readonly baseUrl: string | undefined
  /** Where its pictures are delivered, if not at Cloudflare, without the account hash. */
  readonly deliveryOrigin: string | undefined
  /** What Cloudflare's notifications are known by; without it they are refused. */
  readonly webhookSecret: string | undefined
}

export interface DemoConfig {
  /** 0 picks a free one. */
  readonly port: number
  /** Null: this machine only, by all its loopback names. */
  readonly host: string | null
  /** The folder of the database and the session key. */
  readonly dataPath: string
  readonly cloudflare: CloudflareAccount | null
}

type Environment = Readonly<Record<string, string | undefined>>

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.toNumber(), v.maxValue(65_535))
const cloudflareNames = [
  'CLOUDFLARE_ACCOUNT_ID',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_IMAGES_ACCOUNT_HASH',
] as const

/**
 * Reads the configuration.
 * @throws ConfigError that names the variable that is wrong or missing, and never its value.
 */
export function readConfig(environment: Environment): DemoConfig {
  const parsedPort = v.safeParse(port, read(environment, 'PORT') ?? '5173')
  if (!parsedPort.success) throw new ConfigError('PORT must be a number from 0 to 65535.')
  const data = read(environment, 'LIGHTFAST_DATA') ?? '.lightfast'
  // Where the command was typed, and not where the package manager runs it.
  const base = read(environment, 'INIT_CWD') ?? process.cwd()
  return {
    port: parsedPort.output,
    host: read(environment, 'HOST') ?? null,
    dataPath: isAbsolute(data) ? data : resolve(base, data),
    cloudflare: readCloudflare(environment),
  }
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

function readCloudflare(environment: Environment): CloudflareAccount | null {
  const [accountId, apiToken, accountHash] = cloudflareNames.map((name) => read(environment, name))
  if (!accountId && !apiToken && !accountHash) return null
  if (!accountId || !apiToken || !accountHash) {
    const missing = cloudflareNames.filter((name) => !read(environment, name)).join(' and ')
    throw new ConfigError(
      `${missing} must be set too. Set all of ${cloudflareNames.join(', ')} to use a real account, or none to use the local one.`,
    )
  }
  if (!/^[0-9a-f]{32}$/i.test(accountId)) {
    throw new ConfigError('CLOUDFLARE_ACCOUNT_ID must be 32 hexadecimal digits.')
  }
  if (!/^[\w-]{4,64}$/.test(accountHash)) {
    throw new ConfigError('CLOUDFLARE_IMAGES_ACCOUNT_HASH must be the hash in your delivery URLs.')
  }
  const baseUrl = readUrl(environment, 'CLOUDFLARE_BASE_URL')
  // The dashboard shows the delivery URL of an account with its hash.
  const deliveryUrl = readUrl(environment, 'CLOUDFLARE_IMAGES_DELIVERY_URL')
  const deliveryOrigin = deliveryUrl?.replace(new RegExp(`/${accountHash}$`), '')
  const webhookSecret = read(environment, 'LIGHTFAST_WEBHOOK_SECRET')
  return { accountId, apiToken, accountHash, baseUrl, deliveryOrigin, webhookSecret }
}

function readUrl(environment: Environment, name: string): string | undefined {
  const url = read(environment, name)
  if (url === undefined || URL.canParse(url)) return url?.replace(/\/$/, '')
  throw new ConfigError(`${name} must be a URL.`)
}

/** An empty variable is one that is not set. */
function read(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined
}
