import { ImagesError } from '@lightfast/core'
import type { MiddlewareHandler } from 'hono'

export interface SameOriginOptions {
  /** Origins besides the one that the request was sent to, as seen by browsers: needed behind a proxy. */
  readonly origins?: readonly string[]
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses unsafe requests that another site's page could have made: they need an `Origin` of ours and a
 * JSON body, which no form can send.
 */
export function sameOrigin({ origins = [] }: SameOriginOptions = {}): MiddlewareHandler {
  return async function sameOriginMiddleware(c, next) {
    if (safeMethods.has(c.req.method)) return next()
    const origin = c.req.header('origin')
    if (!origin || ![new URL(c.req.url).origin, ...origins].includes(origin)) {
      throw new ImagesError('origin_refused', 'Only pages of this site may do this.')
    }
    if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
      throw new ImagesError('invalid_request', 'The body must be JSON.', { field: 'content-type' })
    }
    return next()
  }
}
