import { Hono } from 'hono'
import { refused } from '../codes.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { EmulatorEnv } from '../emulation.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Creates the routes that refuse what is no image though it stands where an id could: the wrong method of a known word. */
export function refuseWords(settings: EmulatorSettings): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.post('/v1/direct_upload', (c) => {
    throw notEmulated(`The retired ${c.req.method} /images/v1/direct_upload`)
  })
  for (const word of words) {
    app.all(`/v1/${word}`, () => {
      throw new RefusedError(settings.wrongMethod)
    })
  }
  return app
}

/** The endpoints that stand where an image id could. */
const words = ['stats', 'config', 'batch_token', 'keys', 'variants', 'direct_upload']

/** Creates the routes that refuse what nobody else has answered. */
export function refuseRest(settings: EmulatorSettings): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  const refuseMethod = (): never => {
    throw new RefusedError(settings.wrongMethod)
  }
  for (const path of known) app.all(path, refuseMethod)
  app.all('/v2/sourcingkit/*', (c) => {
    throw notEmulated(`${c.req.method} ${pathOf(c.req.url)}`)
  })
  for (const path of ['/v1/*', '/v2/*']) {
    app.all(path, (c) => {
      throw couldNotRoute(pathOf(c.req.url), settings)
    })
  }
  return app
}

const known = [
  '/v1',
  '/v2',
  '/v2/direct_upload',
  '/v1/keys/:name',
  '/v1/variants/:id',
  '/v1/variants/:id/flat',
  '/v1/:id',
  '/v1/:id/blob',
]

const pathOf = (url: string): string => new URL(url).pathname

/** The words were seen; an id with a bare slash, or a slash too many, is the usual reason. */
const couldNotRoute = (pathname: string, settings: EmulatorSettings): RefusedError =>
  refused(
    7003,
    settings,
    `Could not route to ${pathname}, perhaps your object identifier is invalid?`,
  )
