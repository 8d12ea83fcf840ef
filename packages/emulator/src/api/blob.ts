/** The file as it was uploaded: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/blobs/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail } from '../envelope.ts'
import { findImage } from './find-image.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the route that gives a file back, byte by byte; production may give a large one back near-lossless. */
export function createBlobRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/v1/:id/blob', faultLayer(emulation, 'blob', fail), (c) =>
    giveBack(c.req.param('id'), emulation),
  )
  return app
}

async function giveBack(id: string, emulation: Emulation): Promise<Response> {
  const image = await findImage(id, emulation)
  if (image.status !== 'stored') throw refused(5404, emulation.config.settings)
  const { bytes, type } = image.file
  const headers = { 'Content-Type': type, 'Content-Length': String(bytes.length) }
  return new Response(bytes, { headers })
}
