/** How many images there are: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/stats/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { fail, succeed } from '../envelope.ts'
import { countImages } from '../image-fields.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the route that counts the images. */
export function createStatsRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { store, config } = emulation
  const app = new Hono<EmulatorEnv>()
  app.get('/v1/stats', faultLayer(emulation, 'stats', fail), async () => {
    const current = await countImages(store)
    return succeed({ count: { current, allowed: config.settings.allowedImages } })
  })
  return app
}
