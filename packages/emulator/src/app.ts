import { Hono } from 'hono'
import { createControlPlane } from './api/control-plane.ts'
import { createBatchHost } from './batch/batch-host.ts'
import { createBatchTokens } from './batch/batch-tokens.ts'
import { createControlRoutes } from './control/control-routes.ts'
import { createDeliveryHost } from './delivery/delivery-host.ts'
import { createUploadHost } from './upload-host/upload-host.ts'
import type { Emulation, EmulatorEnv } from './emulation.ts'
import type { Origins } from './options.ts'

/** Both documented; on one port their paths tell them from the others. */
const API_HOST = 'api.cloudflare.com'
const BATCH_HOST = 'batch.imagedelivery.net'

/** Creates the app of all hosts; they are told apart by path and method, so that one port can be all of them. */
export function createApp(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  const upload = createUploadHost(emulation)
  const delivery = createDeliveryHost(emulation)
  const tokens = createBatchTokens(emulation.config)
  const batch = createBatchHost(emulation, tokens)
  app.onError((error) => {
    throw error
  })
  app.all('*', (c, next) =>
    new URL(c.req.url).hostname === BATCH_HOST ? batch.fetch(c.req.raw, c.env) : next(),
  )
  app.route('/__lightfast', createControlRoutes(emulation))
  app.route('/client/v4', createControlPlane(emulation, tokens))
  app.all('*', (c, next) => (new URL(c.req.url).hostname === API_HOST ? c.notFound() : next()))
  app.all('/images/*', (c) => batch.fetch(c.req.raw, c.env))
  const isUploadHost = createHostCheck(emulation.config.origins)
  app.use('*', async (c, next) =>
    isUploadHost(c.req.url) ? upload.fetch(c.req.raw, c.env) : next(),
  )
  app.on(['POST', 'OPTIONS'], '*', (c) => upload.fetch(c.req.raw, c.env))
  app.get('*', (c) => delivery.fetch(c.req.raw, c.env))
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501))
  return app
}

/** The upload host can be told apart by its name only where it has one of its own. */
function createHostCheck({ upload, delivery }: Origins): (url: string) => boolean {
  const { host } = new URL(upload)
  const isOwn = host !== new URL(delivery).host
  return (url) => isOwn && new URL(url).host === host
}
