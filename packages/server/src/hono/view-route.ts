import { Hono } from 'hono'
import type { Views } from '../images/views.ts'

/**
 * Makes the door for whoever has a link: the token is the right. It answers pictures, and no page of the app can send anything here, so
 * it asks for no origin; a form without a referrer has none.
 */
export function createViewRoute(views: Views): Hono {
  const app = new Hono()
  app.get('/view/:token', (c) => views.view(c.req.param('token'), c.req.raw))
  app.post('/view/:token', (c) => views.redeem(c.req.param('token'), c.req.raw))
  return app
}
