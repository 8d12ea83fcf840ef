import { Hono } from 'hono'
import { createControlPlane } from './api/control-plane.ts'
import { createControlRoutes } from './control/control-routes.ts'
import { createDeliveryHost } from './delivery/delivery-host.ts'
import { createUploadHost } from './upload-host/upload-host.ts'
import type { Emulation, EmulatorEnv } from './emulation.ts'

/** Creates the app of all hosts; they are told apart by path and method, so that one port can be all of them. */
export function createApp(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  const upload = createUploadHost(emulation)
  const delivery = createDeliveryHost(emulation)
  app.onError((error) => {
    throw error
  })
  app.route('/__lightfast', createControlRoutes(emulation))
  app.route('/client/v4', createControlPlane(emulation))
  app.all('/images/*', () => new Response('The batch API is not emulated', { status: 501 }))
  app.on(['POST', 'OPTIONS'], '*', (c) => upload.fetch(c.req.raw, c.env))
  app.get('*', (c) => delivery.fetch(c.req.raw, c.env))
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501))
  return app
}
