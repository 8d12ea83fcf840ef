import {
  completeUploadSchema,
  ImagesError,
  imageStates,
  reportFailureSchema,
  startUploadSchema,
} from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import * as v from 'valibot'
import type { Authenticate } from '../access/principal.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import { toProblem } from './problem.ts'
import { requirePrincipal } from './require-principal.ts'
import { sameOrigin } from './same-origin.ts'
import { validate } from './validate.ts'

export interface ImagesRoutesOptions {
  readonly uploads: Uploads
  /** Tells who sent a request. There is no default: a door without a lock is no door. */
  readonly authenticate: Authenticate
  /** Origins of the app besides the one that requests are sent to, as seen by browsers. */
  readonly origins?: readonly string[]
  /** Told of failures of our own: bugs, and a database that does not answer. @default console.error */
  readonly onError?: (error: unknown, requestId: string) => void
}

/** What an operator has to look at; everything else is the visitor's or Cloudflare's. */
const ownFaults = new Set<FailureCode>(['server_failed', 'store_unavailable'])

const MAX_BODY_BYTES = 16_384

const listQuery = v.strictObject({
  state: v.exactOptional(v.picklist(imageStates)),
  cursor: v.exactOptional(v.pipe(v.string(), v.uuid())),
  limit: v.exactOptional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(100)),
  ),
  variant: v.exactOptional(v.string()),
})

const urlQuery = v.strictObject({ variant: v.string() })

/** Makes the routes of the SDK as a Hono app to mount. Its `fetch` is a handler for any other server. */
export function createImagesRoutes(options: ImagesRoutesOptions): Hono {
  const { uploads, authenticate, origins = [], onError = logError } = options
  const app = new Hono()
  app.use(requestId())
  app.onError((error, c) => {
    const { problem, headers } = toProblem(error, c.get('requestId'))
    if (ownFaults.has(problem.code)) onError(error, c.get('requestId'))
    return new Response(JSON.stringify(problem), { status: problem.status, headers })
  })
  app.use(sameOrigin({ origins }), bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody }))
  app.route('/', createUploadRoutes(uploads, authenticate))
  // A route and not `notFound`: that one counts for the outermost app alone.
  return app.all('*', () => {
    throw new ImagesError('not_found', 'There is no such route.')
  })
}

function createUploadRoutes(uploads: Uploads, authenticate: Authenticate): Hono {
  const app = new Hono()
  const locked = requirePrincipal(authenticate)

  app.post('/uploads', locked, validate('json', startUploadSchema), async (c) => {
    const started = await uploads.start(c.get('principal'), c.req.valid('json'))
    return c.json(started, started.directUpload ? 201 : 200)
  })

  app.post('/uploads/:id/complete', locked, validate('json', completeUploadSchema), async (c) => {
    const reply = await uploads.complete(c.get('principal'), c.req.param('id'), c.req.valid('json'))
    return c.json(reply, reply.image.state === 'delivered' ? 202 : 200)
  })

  app.post('/uploads/:id/failed', locked, validate('json', reportFailureSchema), async (c) =>
    c.json(await uploads.fail(c.get('principal'), c.req.param('id'), c.req.valid('json'))),
  )

  app.get('/uploads/:id', locked, async (c) =>
    c.json(await uploads.status(c.get('principal'), c.req.param('id'))),
  )

  app.get('/', locked, validate('query', listQuery), async (c) =>
    c.json(await uploads.list(c.get('principal'), c.req.valid('query'))),
  )

  app.get('/:id/url', locked, validate('query', urlQuery), async (c) =>
    c.json(
      await uploads.signUrl(c.get('principal'), c.req.param('id'), c.req.valid('query').variant),
    ),
  )
  return app
}

function refuseBody(): never {
  throw new ImagesError('request_too_large', 'The body is larger than any that is documented.')
}

function logError(error: unknown, id: string): void {
  console.error(`Request ${id} failed.`, error)
}
