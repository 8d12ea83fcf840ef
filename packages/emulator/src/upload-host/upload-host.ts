/** The upload host: https://developers.cloudflare.com/images/storage/upload-images/direct-creator-upload/ */
import { Hono } from 'hono'
import { answerError } from '../answer-error.ts'
import { faultLayer } from '../apply-fault.ts'
import { fail, succeed } from '../envelope.ts'
import { allowAnyOrigin, answerPreflight } from './cors.ts'
import { notEmulated } from '../refusal.ts'
import { createSlots } from './slots.ts'
import { takeFile } from './take-file.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Refusal } from '../refusal.ts'

/** Creates the host that takes a file on a one-time URL, from any page. */
export function createUploadHost(emulation: Emulation): Hono<EmulatorEnv> {
  const { settings } = emulation.config
  const say = settings.uploadErrorFormat === 'json' ? fail : sayAsText
  const slots = createSlots(emulation)
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(say))
  app.options('*', () => answerPreflight(settings))
  app.on(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], '*', (c) => {
    throw notEmulated(`${c.req.method} on the upload host, which takes POST,`)
  })
  app.post('*', allowAnyOrigin, faultLayer(emulation, 'upload', say), async (c) =>
    succeed(await takeFile(c.req.raw, { emulation, slots, acted: c.env.acted })),
  )
  return app
}

/** The other form clients have met. */
const sayAsText = ({ status, code, message }: Refusal): Response =>
  new Response(`ERROR ${code}: ${message}`, { status })
