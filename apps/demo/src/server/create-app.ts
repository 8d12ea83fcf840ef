import { failures, ImagesError } from '@lightfast/core'
import type { JobRunner } from '@lightfast/server'
import { createImagesRoutes } from '@lightfast/server/hono'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { except } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { createLadder } from './ladder.ts'
import { openUploads } from './open-uploads.ts'
import type { UploadParts } from './open-uploads.ts'
import type { Session } from './session.ts'

export interface AppParts extends UploadParts {
  readonly session: Session
  /** Milliseconds since the epoch. @default the clock of this machine */
  readonly now?: () => number
}

export interface DemoApp {
  readonly app: Hono
  /** Does what must happen later. At rest until it is started. */
  readonly runner: JobRunner
}

/** Makes the demo's server: the routes of the SDK, mounted, and the few routes of the app itself. */
export async function createApp(parts: AppParts): Promise<DemoApp> {
  const { host, session, now = () => Date.now() } = parts
  const ladder = createLadder()
  const { client, uploads, gateway, avatars, runner } = await openUploads(parts, ladder.read)
  const app = new Hono().basePath('/api')
  app.onError((error, c) => c.json({ error: 'This did not work.' }, toStatus(error)))
  // The routes of the SDK have a rule of their own, and a door for Cloudflare.
  app.use(except('/api/images/*', csrf()))
  app.get('/demo', (c) => c.json({ mode: host.mode }))
  app.route('/', session.routes)
  app.route('/ladder', ladder.routes)
  app.get('/status', async (c) => {
    const principal = await session.authenticate(c.req.raw)
    if (!principal) return c.json({ error: 'Sign in first.' }, 401)
    c.header('cache-control', 'no-store')
    const { operator } = uploads
    const [records, jobs] = await Promise.all([operator.count(), operator.store.jobs.count()])
    return c.json({ ...client.status(), records, jobs, now: now() })
  })
  const webhookSecrets = host.webhookSecret === undefined ? [] : [host.webhookSecret]
  const { authenticate } = session
  const images = createImagesRoutes({
    uploads,
    gateway,
    avatars,
    authenticate,
    webhookSecrets,
    isOperator,
  })
  app.route('/images', images)
  return { app, runner }
}

/** Whoever opens the demo may look behind the scenes and replay jobs. In an app this asks who somebody is. */
const isOperator = (): boolean => true

function toStatus(error: Error): ContentfulStatusCode {
  if (error instanceof HTTPException) return error.status
  return error instanceof ImagesError ? failures[error.code].httpStatus : 500
}
