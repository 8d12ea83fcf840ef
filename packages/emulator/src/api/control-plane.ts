import { Hono } from 'hono'
import { fail } from '../envelope.ts'
import { notEmulated } from '../refusal.ts'
import { answerError } from '../answer-error.ts'
import { authenticate } from './auth.ts'
import { createDirectUploadRoutes } from './direct-upload.ts'
import { createImageRoutes } from './images.ts'
import { createKeyRoutes } from './keys.ts'
import { createVariantRoutes } from './variants.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the REST API of the account; an endpoint that is not here answers 501 naming itself. */
export function createControlPlane(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(fail))
  app.use('/accounts/:accountId/images/*', authenticate(emulation.config))
  app.route('/accounts/:accountId/images', createImages(emulation))
  app.all('*', (c) => {
    throw notEmulated(`${c.req.method} ${new URL(c.req.url).pathname}`)
  })
  return app
}

/** Words that stand where an image id could are matched first. */
function createImages(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.route('/', createKeyRoutes(emulation))
  app.route('/', createVariantRoutes(emulation))
  app.route('/', createDirectUploadRoutes(emulation))
  app.get('/v1/:word{stats|config|batch_token}', (c) => {
    throw notEmulated(`GET /images/v1/${c.req.param('word')}`)
  })
  app.route('/', createImageRoutes(emulation))
  return app
}
