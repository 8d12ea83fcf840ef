import { actions, ImagesError } from '@lightfast/core'
import type { Action, FailureCode } from '@lightfast/core'
import type { Context, MiddlewareHandler } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import type { PolicyEngine } from '../access/policy-engine.ts'
import type { Authenticate } from '../access/principal.ts'
import { findAllowed } from '../images/find-allowed.ts'
import type { Allowed } from '../images/find-allowed.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { toProblem } from './problem.ts'
import { findPrincipal } from './require-principal.ts'
import type { PrincipalVariables } from './require-principal.ts'

export interface RequireAccessOptions {
  readonly policy: PolicyEngine
  readonly store: Pick<ImagesStore, 'records'>
  readonly authenticate: Authenticate
  /** What the route does to the image. */
  readonly action: Action
  /** Where the route has the image's id, such as `(c) => c.req.param('id')`. */
  readonly id: (c: Context) => string | undefined
}

/** What a route finds in its context once it was let through. */
export interface AccessVariables extends PrincipalVariables {
  readonly image: ImageRecord
  /** Its obligations are the route's to heed. */
  readonly decision: Allowed['decision']
}

/** What is answered here. Everything else that fails goes to the app's own `onError`, and no further either. */
const verdicts = new Set<FailureCode>(['unauthenticated', 'forbidden', 'not_found'])

/**
 * Guards a route of the app's own by the policy of its images: 401 for nobody, 404 for an image that is not there or that the sender must
 * not know of, 403 for one that they may only view. The route runs for nobody else.
 * @throws TypeError for an action that there is not.
 */
export function requireAccess(
  options: RequireAccessOptions,
): MiddlewareHandler<{ Variables: AccessVariables & Partial<RequestIdVariables> }> {
  if (!actions.includes(options.action)) {
    throw new TypeError(`"action" must be one of ${actions.join(', ')}.`)
  }
  return async function requireAccessMiddleware(c, next) {
    try {
      const { principal, image, decision } = await admit(options, c)
      c.set('principal', principal)
      c.set('image', image)
      c.set('decision', decision)
    } catch (error) {
      return answer(error, c.get('requestId') ?? crypto.randomUUID())
    }
    return next()
  }
}

async function admit(options: RequireAccessOptions, c: Context): Promise<AccessVariables> {
  const principal = await findPrincipal(options.authenticate, c.req.raw)
  const asked = { id: options.id(c) ?? '', action: options.action }
  const { record: image, decision } = await findAllowed(options, principal, asked)
  return { principal, image, decision }
}

function answer(error: unknown, requestId: string): Response {
  if (!(error instanceof ImagesError) || !verdicts.has(error.code)) throw error
  const { problem, headers } = toProblem(error, requestId)
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
