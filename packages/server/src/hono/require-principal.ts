import { ImagesError } from '@lightfast/core'
import type { MiddlewareHandler } from 'hono'
import type { Authenticate, Principal } from '../access/principal.ts'

export interface PrincipalVariables {
  readonly principal: Principal
}

/** Lets nobody pass without a name. */
export function requirePrincipal(
  authenticate: Authenticate,
): MiddlewareHandler<{ Variables: PrincipalVariables }> {
  return async function requirePrincipalMiddleware(c, next) {
    c.set('principal', await findPrincipal(authenticate, c.req.raw))
    await next()
  }
}

/**
 * Finds who sent a request. An `authenticate` that fails has named nobody.
 * @throws ImagesError `unauthenticated` if that is nobody.
 */
export async function findPrincipal(
  authenticate: Authenticate,
  request: Request,
): Promise<Principal> {
  // Begun within a promise: it may also throw at once.
  const principal = await Promise.resolve(request)
    .then(authenticate)
    .catch(() => null)
  // An empty id would be one owner for all who have none.
  if (!principal?.id) throw new ImagesError('unauthenticated', 'Sign in first.')
  return principal
}
