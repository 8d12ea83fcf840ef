/** Signing keys: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/keys/ */
import { Hono } from 'hono'
import { succeed } from '../envelope.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the route that lists the signing keys, values in clear as in production. */
export function createKeyRoutes({ account }: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/v1/keys', () => succeed({ keys: account.state().signingKeys }))
  return app
}
