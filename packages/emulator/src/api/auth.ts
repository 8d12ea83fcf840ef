import { refused } from '../codes.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from '../emulation.ts'
import type { EmulatorConfig } from '../options.ts'

/** Who calls, and what he may do. */
export interface Caller {
  /** Tells callers apart; a token or the address of a key's owner. */
  readonly name: string
  readonly access: 'read' | 'write'
}

/** Creates the layer that lets in a known token or key, on its own account, for what it may do. */
export function authenticate(config: EmulatorConfig): MiddlewareHandler<EmulatorEnv> {
  return async function checkCaller(c, next) {
    const { method, raw } = c.req
    admit(findCaller(raw.headers, config), method, config)
    if (c.req.param('accountId') !== config.accountId) throw refused(5403, config.settings)
    return next()
  }
}

/** Finds who sends these headers. */
export function findCaller(headers: Headers, config: EmulatorConfig): Caller | undefined {
  const key = headers.get('X-Auth-Key')
  if (key !== null) return findKey(headers.get('X-Auth-Email'), key, config)
  const given = readBearer(headers)
  const known = config.apiTokens.find(({ token }) => token === given)
  return known && { name: known.token, access: known.access }
}

/** Refuses a caller nobody knows, and one that writes with leave to read. */
export function admit(
  caller: Caller | undefined,
  method: string,
  { settings }: EmulatorConfig,
): void {
  if (!caller) throw refused(10000, settings)
  if (caller.access === 'read' && !isReading(method)) throw lacksPermission()
}

/** Reads the token of an `Authorization` header. */
export function readBearer(headers: Headers): string | undefined {
  const [scheme, given] = headers.get('Authorization')?.split(' ') ?? []
  return scheme?.toLowerCase() === 'bearer' ? given : undefined
}

function findKey(
  email: string | null,
  key: string,
  { apiKeys }: EmulatorConfig,
): Caller | undefined {
  if (apiKeys.length === 0)
    throw notEmulated('Signing in with X-Auth-Key without the option apiKeys')
  const known = apiKeys.find((known) => known.key === key && known.email === email)
  return known && { name: known.email, access: 'write' }
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Seen with 403 where a token lacks a permission, unlike an unknown token. */
const lacksPermission = (): RefusedError =>
  new RefusedError({ status: 403, code: 10000, message: 'Authentication error' })
