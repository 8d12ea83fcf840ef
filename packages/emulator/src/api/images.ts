/** The images of the account: https://developers.cloudflare.com/api/resources/images/subresources/v1/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { fail, succeed } from '../envelope.ts'
import { toImageObject } from '../image-object.ts'
import { RefusedError } from '../refusal.ts'
import { statusOf } from '../codes.ts'
import { findImage } from './find-image.ts'
import { updateImage } from './update-image.ts'
import { uploadImage } from './upload-image.ts'
import type { ImageObject } from '../image-object.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the routes that upload, show, change and delete an image. */
export function createImageRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.post('/v1', faultLayer(emulation, 'api-upload', fail), async (c) =>
    succeed(await uploadImage(c.req.raw, emulation)),
  )
  app.get('/v1/:id', faultLayer(emulation, 'details', fail), async (c) =>
    succeed(await showImage(c.req.param('id'), emulation)),
  )
  app.patch('/v1/:id', faultLayer(emulation, 'update', fail), async (c) =>
    succeed(await updateImage(c.req.param('id'), c.req.raw, emulation)),
  )
  app.delete('/v1/:id', faultLayer(emulation, 'delete', fail), async (c) =>
    succeed(await deleteImage(c.req.param('id'), emulation)),
  )
  return app
}

async function showImage(id: string, emulation: Emulation): Promise<ImageObject> {
  const image = await findImage(id, emulation)
  if (image.status === 'refused' && image.shownAs === 'refused') {
    const { code, message } = image
    throw new RefusedError({ status: statusOf(code, emulation.config.settings), code, message })
  }
  return toImageObject(image, emulation)
}

async function deleteImage(id: string, emulation: Emulation): Promise<Record<string, never>> {
  const image = await findImage(id, emulation)
  await emulation.store.delete(image.facts.id)
  return {}
}
