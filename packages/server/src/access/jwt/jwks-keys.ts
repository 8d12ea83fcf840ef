import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, jwksCache } from 'jose'
import type { JWKSCacheInput } from 'jose'
import { checkNumber, duration } from '../../read-config.ts'
import type { FindKey } from './jwt-keys.ts'

/** A key set that an issuer publishes. */
export interface JwksOptions {
  /** Of https; plain http is for a server on this machine. */
  readonly jwksUrl: string
  /** How long keys count as fresh. @default 10 minutes */
  readonly cacheMs?: number
  /** How long a key that is not known, or an issuer that is down, has nobody ask the issuer again. @default 30 s */
  readonly cooldownMs?: number
  /** How long the issuer may take. @default 5 s */
  readonly timeoutMs?: number
  /** How long the last keys count while the issuer cannot be reached. @default 1 day */
  readonly keepMs?: number
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/**
 * Makes a finder of published keys. While their issuer is down, those that it last published go on.
 * @throws TypeError or RangeError that names the option that is none.
 */
export function findPublishedKeys(options: JwksOptions, now: () => number): FindKey {
  const { cacheMs, cooldownMs, timeoutMs, keepMs, fetch } = readOptions(options)
  const cache: JWKSCacheInput = {}
  const remote = createRemoteJWKSet(toPinnedUrl(options.jwksUrl), {
    cacheMaxAge: cacheMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: timeoutMs,
    [jwksCache]: cache,
    [customFetch]: fetch,
  })
  let quietUntil = 0

  /** Those that were published last, unless that is too long ago. */
  function findKept(): FindKey | undefined {
    if (cache.uat === undefined || now() >= cache.uat + keepMs) return undefined
    return createLocalJWKSet(cache.jwks)
  }

  return async function findKey(header, token) {
    if (now() < quietUntil) {
      const kept = findKept()
      if (kept) return kept(header, token)
    }
    try {
      return await remote(header, token)
    } catch (error) {
      const kept = isVerdict(error) ? undefined : findKept()
      if (!kept) throw error
      quietUntil = now() + cooldownMs
      return kept(header, token)
    }
  }
}

/** The issuer was heard, and has no such key. */
function isVerdict(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function toPinnedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))
  if (url && isSafe && url.username === '' && url.password === '') return url
  throw new TypeError('"jwksUrl" must be a URL of https, or of this machine, without a password.')
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

const DAY_MS = 86_400_000

function readOptions({
  cacheMs = 600_000,
  cooldownMs = 30_000,
  timeoutMs = 5000,
  keepMs = DAY_MS,
  fetch = (url, init) => globalThis.fetch(url, init),
}: JwksOptions): Required<Omit<JwksOptions, 'jwksUrl'>> {
  for (const [name, ms] of Object.entries({ cacheMs, cooldownMs, timeoutMs })) {
    checkNumber(name, ms, { ...duration, whole: true })
  }
  checkNumber('keepMs', keepMs, { min: 0, max: 30 * DAY_MS })
  return { cacheMs, cooldownMs, timeoutMs, keepMs, fetch }
}
