import { ImagesError } from '@lightfast/core'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import type { Authenticate, Principal } from '../access/principal.ts'
import { jobKinds } from '../jobs/job-store.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import { requirePrincipal } from './require-principal.ts'
import type { PrincipalVariables } from './require-principal.ts'
import { validate } from './validate.ts'

export interface OperatorRoutesOptions {
  readonly uploads: Uploads
  readonly authenticate: Authenticate
  /** Tells who may look behind the scenes, and replay jobs. @default nobody */
  readonly isOperator?: (principal: Principal) => boolean | Promise<boolean>
  /** What `GET metrics` answers. @default there is no such route */
  readonly metrics?: MetricsSource
}

/** Writes figures for Prometheus. */
export interface MetricsSource {
  readonly contentType: string
  readonly render: () => string | Promise<string>
}

const jobsQuery = v.strictObject({
  state: v.exactOptional(v.picklist(['queued', 'dead'])),
  kind: v.exactOptional(v.picklist(jobKinds)),
  after: v.exactOptional(v.pipe(v.string(), v.maxLength(2000))),
  limit: v.exactOptional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(500)),
  ),
})

const replayBody = v.strictObject({ key: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)) })

const JOBS = 100

/** Makes the routes for those who run the app. They tell of everybody's images. */
export function createOperatorRoutes(options: OperatorRoutesOptions): Hono {
  const { uploads, authenticate, isOperator = () => false, metrics } = options
  const { operator } = uploads
  const { jobs } = operator.store
  const app = new Hono()
  const locked = requirePrincipal(authenticate)
  const operators = requireOperator(isOperator)

  app.get('/counts', locked, operators, async (c) => c.json({ counts: await operator.count() }))

  app.get('/jobs', locked, operators, validate('query', jobsQuery), async (c) => {
    const query = { limit: JOBS, ...c.req.valid('query') }
    return c.json({ jobs: await jobs.list(query), counts: await jobs.count() })
  })

  app.post('/jobs/replay', locked, operators, validate('json', replayBody), async (c) => {
    const replayed = await jobs.replay(c.req.valid('json').key)
    if (replayed === 'missing') throw new ImagesError('not_found', 'There is no such dead job.')
    return c.json({ status: replayed })
  })

  if (metrics) {
    app.get('/metrics', locked, operators, async (c) =>
      c.body(await metrics.render(), 200, { 'content-type': metrics.contentType }),
    )
  }

  // An operator is told of everybody's image, deleted ones too; others of those that they may administer.
  app.get('/:id/audit', locked, async (c) => {
    const id = c.req.param('id')
    const principal = c.get('principal')
    const all = await isOperator(principal)
    return c.json({ audit: await (all ? operator.audit(id) : uploads.audit(principal, id)) })
  })

  app.get('/:id/usages', locked, async (c) => {
    const id = c.req.param('id')
    const principal = c.get('principal')
    const all = await isOperator(principal)
    return c.json({
      usages: await (all ? operator.usages(id) : uploads.usages.of(principal, id)),
    })
  })
  return app
}

function requireOperator(
  isOperator: (principal: Principal) => boolean | Promise<boolean>,
): MiddlewareHandler<{ Variables: PrincipalVariables }> {
  return async function requireOperatorMiddleware(c, next) {
    if (await isOperator(c.get('principal'))) return next()
    throw new ImagesError('forbidden', 'Only operators may do this.')
  }
}
