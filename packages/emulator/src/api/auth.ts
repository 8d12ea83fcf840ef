import { refused } from '../codes.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from '../emulation.ts'
import type { EmulatorConfig } from '../options.ts'

/** Creates the layer that lets in a known token, on its own account, for what it may do. */
export function authenticate(config: EmulatorConfig): MiddlewareHandler<EmulatorEnv> {
  return async function checkToken(c, next) {
    if (c.req.header('X-Auth-Key')) throw notEmulated('Signing in with X-Auth-Key')
    const access = accessOf(c.req.header('Authorization'), config)
    if (!access) throw refused(10000, config.settings)
    if (access === 'read' && !isReading(c.req.method)) throw lacksPermission()
    if (c.req.param('accountId') !== config.accountId) throw refused(5403, config.settings)
    return next()
  }
}

function accessOf(
  header: string | undefined,
  { apiTokens }: EmulatorConfig,
): 'read' | 'write' | undefined {
  const [scheme, given] = header?.split(' ') ?? []
  if (scheme?.toLowerCase() !== 'bearer') return undefined
  return apiTokens.find(({ token }) => token === given)?.access
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Seen with 403 where a token lacks a permission, unlike an unknown token. */
const lacksPermission = (): RefusedError =>
  new RefusedError({ status: 403, code: 10000, message: 'Authentication error' })
