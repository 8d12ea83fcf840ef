/** The emulator's own switchboard; nothing of it exists in production. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { InvalidFaultsError } from '../parse-faults.ts'
import { reset, resettable } from '../reset.ts'
import { createAccountRoutes } from './account-routes.ts'
import { createFaultRoutes } from './fault-routes.ts'
import { guard } from './guard.ts'
import { createImageRoutes } from './image-routes.ts'
import { servePage } from './page/serve-page.ts'
import { InvalidRequestError, readShape } from './read-body.ts'
import { createWebhookRoutes } from './webhook-routes.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the routes that show the emulator and turn its switches, and the page that uses them. */
export function createControlRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { config, requests } = emulation
  const app = new Hono<EmulatorEnv>()
  app.use('*', guard(config.controlHosts))
  app.onError((error, c) =>
    error instanceof InvalidFaultsError || error instanceof InvalidRequestError
      ? c.json({ field: error.field, message: error.message }, 400)
      : c.json({ message: error.message }, 500),
  )
  app.get('/', servePage)
  app.get('/requests', (c) => {
    const after = Number(c.req.query('after') ?? 0)
    return c.json(requests.list().filter(({ id }) => id > after))
  })
  app.post('/reset', async (c) => {
    const { parts = resettable } = await readShape(c.req.raw, resetSchema)
    await reset(emulation, parts)
    return c.json({ reset: parts })
  })
  app.route('/', createFaultRoutes(emulation))
  app.route('/', createImageRoutes(emulation))
  app.route('/', createAccountRoutes(emulation))
  app.route('/', createWebhookRoutes(emulation))
  app.all('*', (c) =>
    c.req.path === '/__lightfast/'
      ? c.redirect('/__lightfast')
      : c.json({ message: `${c.req.method} ${c.req.path} does not exist` }, 404),
  )
  return app
}

const resetSchema = v.strictObject({ parts: v.exactOptional(v.array(v.picklist(resettable))) })
