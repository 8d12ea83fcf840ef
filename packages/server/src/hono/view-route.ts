import { Hono } from 'hono'
import type { Gateway } from '../gateway/create-gateway.ts'

/**
 * Makes the door for whoever has a link: the token is the right. It answers pictures, and no page of the app can send anything here, so
 * it asks for no origin; a form without a referrer has none.
 */
export function createViewRoute(gateway: Pick<Gateway, 'view' | 'redeem'>): Hono {
  const app = new Hono()
  app.get('/view/:token', (c) => gateway.view(c.req.param('token'), c.req.raw))
  app.post('/view/:token', (c) => gateway.redeem(c.req.param('token'), c.req.raw))
  return app
}
