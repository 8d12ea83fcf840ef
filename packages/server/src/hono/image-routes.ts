import {
  bulkRequestSchema,
  imageStates,
  shareImageSchema,
  updateImageSchema,
} from '@lightfast/core'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Authenticate } from '../access/principal.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import { toOriginalHeaders } from './file-headers.ts'
import { requirePrincipal } from './require-principal.ts'
import { validate } from './validate.ts'

const whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.toNumber())
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255), v.excludes('\0'))

/** A filter that is none is refused: left out, it would show more than was asked for. */
const listQuery = v.strictObject({
  state: v.exactOptional(v.picklist(imageStates)),
  kind: v.exactOptional(name),
  owner: v.exactOptional(name),
  privacy: v.exactOptional(v.picklist(['private', 'public'])),
  createdFrom: v.exactOptional(whole),
  createdBefore: v.exactOptional(whole),
  cursor: v.exactOptional(v.string()),
  limit: v.exactOptional(v.pipe(whole, v.integer(), v.minValue(1), v.maxValue(100))),
  variant: v.exactOptional(v.string()),
})

const urlQuery = v.strictObject({ variant: v.string() })

const deleteQuery = v.strictObject({ mode: v.exactOptional(v.picklist(['unless-used', 'force'])) })

/** Makes the routes of images: a principal's own, and what others let it see. */
export function createImageRoutes(uploads: Uploads, authenticate: Authenticate): Hono {
  const app = new Hono()
  const locked = requirePrincipal(authenticate)

  app.get('/', locked, validate('query', listQuery), async (c) => {
    const { kind, ...query } = c.req.valid('query')
    const kinds = kind === undefined ? {} : { kinds: [kind] }
    return c.json(await uploads.list(c.get('principal'), { ...query, ...kinds }))
  })

  app.post('/bulk', locked, validate('json', bulkRequestSchema), async (c) =>
    c.json(await uploads.removeMany(c.get('principal'), c.req.valid('json'))),
  )

  app.get('/:id', locked, async (c) =>
    c.json(await uploads.read(c.get('principal'), c.req.param('id'))),
  )

  app.patch('/:id', locked, validate('json', updateImageSchema), async (c) =>
    c.json(await uploads.update(c.get('principal'), c.req.param('id'), c.req.valid('json'))),
  )

  app.delete('/:id', locked, validate('query', deleteQuery), async (c) => {
    await uploads.remove(c.get('principal'), c.req.param('id'), c.req.valid('query'))
    return c.body(null, 204)
  })

  app.get('/:id/url', locked, validate('query', urlQuery), async (c) =>
    c.json(
      await uploads.signUrl(c.get('principal'), c.req.param('id'), c.req.valid('query').variant),
    ),
  )

  app.get('/:id/original', locked, async (c) => {
    const { file, ...original } = await uploads.original(c.get('principal'), c.req.param('id'))
    return new Response(file, { headers: toOriginalHeaders(original) })
  })

  app.post('/:id/share', locked, validate('json', shareImageSchema), async (c) =>
    c.json(await uploads.share(c.get('principal'), c.req.param('id'), c.req.valid('json')), 201),
  )
  return app
}
