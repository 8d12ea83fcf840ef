/** The emulator's own switchboard; nothing of it exists in production. */
import { Hono } from 'hono'
import { readBody } from '../body.ts'
import { InvalidFaultsError, parseFaults } from '../faults.ts'
import { parseJson } from '../form.ts'
import { guard } from './guard.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

const MAX_BYTES = 64 * 1024

/** Creates the routes that show and replace the faults and show the newest requests. */
export function createControlRoutes({ config, faults, requests }: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.use('*', guard(config.controlHosts))
  app.onError((error, c) =>
    error instanceof InvalidFaultsError
      ? c.json({ field: error.field, message: error.message }, 400)
      : c.json({ message: error.message }, 500),
  )
  app.get('/faults', (c) => c.json(faults.list()))
  app.put('/faults', async (c) => {
    faults.set(parseFaults(await readList(c.req.raw)))
    return c.json(faults.list())
  })
  app.get('/requests', (c) => c.json(requests.list()))
  return app
}

async function readList(request: Request): Promise<unknown> {
  const bytes = await readBody(request, { maxBytes: MAX_BYTES })
  if (bytes === 'too-large') throw new InvalidFaultsError('', `more than ${MAX_BYTES} bytes`)
  return parseJson(new TextDecoder().decode(bytes))
}
