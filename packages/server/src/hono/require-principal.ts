import { ImagesError } from '@lightfast/core'
import type { MiddlewareHandler } from 'hono'
import type { Authenticate, Principal } from '../access/principal.ts'

export interface PrincipalVariables {
  readonly principal: Principal
}

/** Lets nobody pass without a name. An `authenticate` that fails has named nobody. */
export function requirePrincipal(
  authenticate: Authenticate,
): MiddlewareHandler<{ Variables: PrincipalVariables }> {
  return async function requirePrincipalMiddleware(c, next) {
    const principal = await authenticate(c.req.raw).catch(() => null)
    // An empty id would be one owner for all who have none.
    if (!principal?.id) throw new ImagesError('unauthenticated', 'Sign in first.')
    c.set('principal', principal)
    await next()
  }
}
