import { completeUploadSchema, reportFailureSchema, startUploadSchema } from '@lightfast/core'
import type { ImageReply } from '@lightfast/core'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Authenticate } from '../access/principal.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import { fileHeaders } from './file-headers.ts'
import { readBody } from './read-body.ts'
import { requirePrincipal } from './require-principal.ts'
import { validate } from './validate.ts'

const bytesQuery = v.strictObject({ attemptId: v.pipe(v.string(), v.uuid()) })

/** Makes the routes by which a browser uploads. */
export function createUploadRoutes(uploads: Uploads, authenticate: Authenticate): Hono {
  const app = new Hono()
  const locked = requirePrincipal(authenticate)

  app.post('/', locked, validate('json', startUploadSchema), async (c) => {
    const started = await uploads.start(c.get('principal'), c.req.valid('json'))
    return c.json(started, started.way ? 201 : 200)
  })

  app.put('/:id/bytes', locked, validate('query', bytesQuery), async (c) => {
    const { attemptId } = c.req.valid('query')
    const received = { ...readBody(c.req.raw), attemptId }
    const reply = await uploads.putBytes(c.get('principal'), c.req.param('id'), received)
    return c.json(reply, toStatus(reply))
  })

  app.post('/:id/complete', locked, validate('json', completeUploadSchema), async (c) => {
    const reply = await uploads.complete(c.get('principal'), c.req.param('id'), c.req.valid('json'))
    return c.json(reply, toStatus(reply))
  })

  app.post('/:id/failed', locked, validate('json', reportFailureSchema), async (c) =>
    c.json(await uploads.fail(c.get('principal'), c.req.param('id'), c.req.valid('json'))),
  )

  app.get('/:id', locked, async (c) =>
    c.json(await uploads.status(c.get('principal'), c.req.param('id'))),
  )

  app.get('/:id/preview', locked, async (c) => {
    const { file, type } = await uploads.preview(c.get('principal'), c.req.param('id'))
    return new Response(file, { headers: { ...fileHeaders, 'content-type': type } })
  })
  return app
}

/** The bytes are with us, or with Cloudflare, and its word is not. */
function toStatus({ image: { state } }: ImageReply): 200 | 202 {
  return state === 'delivered' || state === 'parked' ? 202 : 200
}
