import { ImagesError } from '@lightfast/core'
import type { MiddlewareHandler } from 'hono'

export interface SameOriginOptions {
  /** Origins besides the one that the request was sent to, as seen by browsers: needed behind a proxy. */
  readonly origins?: readonly string[]
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses unsafe requests that another site's page could have made: they need an `Origin` of ours, and a body of a kind that no form can
 * send: JSON, or the bytes of a file.
 */
export function sameOrigin({ origins = [] }: SameOriginOptions = {}): MiddlewareHandler {
  return async function sameOriginMiddleware(c, next) {
    if (safeMethods.has(c.req.method)) return next()
    const origin = c.req.header('origin')
    if (!origin || ![new URL(c.req.url).origin, ...origins].includes(origin)) {
      throw new ImagesError('origin_refused', 'Only pages of this site may do this.')
    }
    const type = c.req.header('content-type') ?? ''
    // No form can send a DELETE, and it needs no body.
    if (c.req.method === 'DELETE' || kinds[c.req.method]?.test(type) === true) return next()
    throw new ImagesError('invalid_request', 'The body must be JSON, or the bytes of a picture.', {
      field: 'content-type',
    })
  }
}

const kinds: Readonly<Record<string, RegExp>> = {
  POST: /^application\/json\b/,
  PATCH: /^application\/json\b/,
  PUT: /^(?:application\/json|application\/octet-stream|image\/[\w.+-]+)\b/,
}
