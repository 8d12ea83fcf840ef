import { imageStates } from '@lightfast/core'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Authenticate } from '../access/principal.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import { requirePrincipal } from './require-principal.ts'
import { validate } from './validate.ts'

const listQuery = v.strictObject({
  state: v.exactOptional(v.picklist(imageStates)),
  cursor: v.exactOptional(v.pipe(v.string(), v.uuid())),
  limit: v.exactOptional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(100)),
  ),
  variant: v.exactOptional(v.string()),
})

const urlQuery = v.strictObject({ variant: v.string() })

const deleteQuery = v.strictObject({ mode: v.exactOptional(v.picklist(['unless-used', 'force'])) })

/** Makes the routes of a principal's images. */
export function createImageRoutes(uploads: Uploads, authenticate: Authenticate): Hono {
  const app = new Hono()
  const locked = requirePrincipal(authenticate)

  app.get('/', locked, validate('query', listQuery), async (c) =>
    c.json(await uploads.list(c.get('principal'), c.req.valid('query'))),
  )

  app.get('/:id/url', locked, validate('query', urlQuery), async (c) =>
    c.json(
      await uploads.signUrl(c.get('principal'), c.req.param('id'), c.req.valid('query').variant),
    ),
  )

  app.delete('/:id', locked, validate('query', deleteQuery), async (c) => {
    await uploads.remove(c.get('principal'), c.req.param('id'), c.req.valid('query'))
    return c.body(null, 204)
  })
  return app
}
