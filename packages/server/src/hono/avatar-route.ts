import { Hono } from 'hono'
import type { Authenticate } from '../access/principal.ts'
import type { Avatars } from '../pictures/create-avatars.ts'
import { requirePrincipal } from './require-principal.ts'

/** Makes `GET avatars/:userId`: a picture in any case. No right to it and no picture are answered the same. */
export function createAvatarRoute(
  avatars: Pick<Avatars, 'respond'>,
  authenticate: Authenticate,
): Hono {
  const app = new Hono()
  app.get('/avatars/:userId', requirePrincipal(authenticate), (c) =>
    avatars.respond(c.get('principal'), c.req.param('userId'), c.req.raw),
  )
  return app
}
