/** The images of the account: https://developers.cloudflare.com/api/resources/images/subresources/v1/ */
import { Hono } from 'hono'
import { acceptFile } from '../accept-file.ts'
import { faultLayer } from '../apply-fault.ts'
import { refused, statusOf } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { readForm } from '../form.ts'
import { parseImageFields } from '../image-fields.ts'
import { toImageObject } from '../image-object.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { ImageObject } from '../image-object.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { StoredImage } from '../store.ts'

/** Creates the routes that upload, show and delete an image. */
export function createImageRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.post('/v1', faultLayer(emulation, 'api-upload', fail), async (c) =>
    succeed(await uploadImage(c.req.raw, emulation)),
  )
  app.get('/v1/:id', faultLayer(emulation, 'details', fail), async (c) =>
    succeed(await showImage(c.req.param('id'), emulation)),
  )
  app.delete('/v1/:id', async (c) => succeed(await deleteImage(c.req.param('id'), emulation)))
  return app
}

async function uploadImage(request: Request, emulation: Emulation): Promise<ImageObject> {
  const fields = await readForm(request, emulation.config.settings)
  if (fields.has('url')) throw notEmulated('Uploading by url')
  const facts = await parseImageFields(fields, ['file'], emulation)
  const file = await acceptFile(fields.get('file'), emulation)
  const image: StoredImage = { facts, status: 'stored', file }
  await emulation.store.put(image)
  return toImageObject(image, emulation)
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

async function findImage(id: string, { store, config }: Emulation): Promise<StoredImage> {
  const image = await store.get(id)
  if (!image) throw refused(5404, config.settings)
  if (image.status === 'refused' && image.shownAs === 'missing')
    throw refused(5404, config.settings)
  return image
}
