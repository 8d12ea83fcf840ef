import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { requestId } from 'hono/request-id'
import type { Gateway } from '../gateway/create-gateway.ts'
import type { Avatars } from '../pictures/create-avatars.ts'
import { createAvatarRoute } from './avatar-route.ts'
import { createHealthRoute } from './health-route.ts'
import { createImageRoutes } from './image-routes.ts'
import { createOperatorRoutes } from './operator-routes.ts'
import type { OperatorRoutesOptions } from './operator-routes.ts'
import { toProblem } from './problem.ts'
import { sameOrigin } from './same-origin.ts'
import { createUploadRoutes } from './upload-routes.ts'
import { createViewRoute } from './view-route.ts'
import { createWebhookRoute } from './webhook-route.ts'

/** There is no default for `authenticate`: a door without a lock is no door. */
export interface ImagesRoutesOptions extends OperatorRoutesOptions {
  /** Origins of the app besides the one that requests are sent to, as seen by browsers. */
  readonly origins?: readonly string[]
  /** The secrets of Cloudflare's notifications, several while one replaces another. @default none: they are refused */
  readonly webhookSecrets?: readonly string[]
  /** For `GET view/:token`: the one that `createUploads` has. @default there is no such route */
  readonly gateway?: Gateway
  /** Shows people, for `GET avatars/:userId`. @default there is no such route */
  readonly avatars?: Avatars
  /** Told of failures of our own: bugs, and a database that does not answer. @default console.error */
  readonly onError?: (error: unknown, requestId: string) => void
}

/** What an operator has to look at; everything else is the visitor's or Cloudflare's. */
const ownFaults = new Set<FailureCode>(['server_failed', 'store_unavailable', 'storage_full'])

const MAX_BODY_BYTES = 16_384

/** Makes the routes of the SDK as a Hono app to mount. Its `fetch` is a handler for any other server. */
export function createImagesRoutes(options: ImagesRoutesOptions): Hono {
  const { uploads, authenticate, origins = [], webhookSecrets = [], onError = logError } = options
  const { gateway, avatars } = options
  const app = new Hono()
  app.use(requestId())
  app.onError((error, c) => {
    const { problem, headers } = toProblem(error, c.get('requestId'))
    if (ownFaults.has(problem.code)) onError(error, c.get('requestId'))
    return new Response(JSON.stringify(problem), { status: problem.status, headers })
  })
  // These have no page that they come from, and a lock of their own or nothing to hide.
  app.route('/', createHealthRoute(uploads.operator.store))
  app.route('/', createWebhookRoute(uploads, webhookSecrets))
  if (gateway) app.route('/', createViewRoute(gateway))
  app.use(sameOrigin({ origins }))
  // A file is as large as its upload announced, which is checked where it is read.
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody })
  app.use(except((c) => isFile(c.req), limit))
  app.route('/uploads', createUploadRoutes(uploads, authenticate))
  if (avatars) app.route('/', createAvatarRoute(avatars, authenticate))
  app.route('/', createOperatorRoutes(options))
  app.route('/', createImageRoutes(uploads, authenticate))
  // A route and not `notFound`: that one counts for the outermost app alone.
  return app.all('*', () => {
    throw new ImagesError('not_found', 'There is no such route.')
  })
}

function isFile({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'PUT' && /\/uploads\/[^/]+\/bytes$/.test(path)
}

function refuseBody(): never {
  throw new ImagesError('request_too_large', 'The body is larger than any that is documented.')
}

function logError(error: unknown, id: string): void {
  console.error(`Request ${id} failed.`, error)
}
