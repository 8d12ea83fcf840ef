import { Hono } from 'hono'
import type { Authenticate, Principal } from '../access/principal.ts'
import { requirePrincipal } from './require-principal.ts'

/** What shows the pictures of people. */
export interface AvatarSource {
  readonly respond: (principal: Principal, userId: string, request: Request) => Promise<Response>
}

/** Makes `GET avatars/:userId`: a picture in any case. No right to it and no picture are answered the same. */
export function createAvatarRoute(avatars: AvatarSource, authenticate: Authenticate): Hono {
  const app = new Hono()
  app.get('/avatars/:userId', requirePrincipal(authenticate), (c) =>
    avatars.respond(c.get('principal'), c.req.param('userId'), c.req.raw),
  )
  return app
}
