import { Hono } from 'hono'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the routes that show what was sent and send the test message. */
export function createWebhookRoutes({ config, webhooks }: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/webhooks', (c) => c.json(webhooks.list()))
  app.post('/webhooks/test', async (c) => {
    if (!config.webhook) return c.json({ message: 'The emulator has no webhook' }, 409)
    await webhooks.sendTest()
    return c.json(webhooks.list())
  })
  return app
}
