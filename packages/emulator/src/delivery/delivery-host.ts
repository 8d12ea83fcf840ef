/** The delivery host: https://developers.cloudflare.com/images/optimization/hosted-images/serve-uploaded-images/ */
import { Hono } from 'hono'
import { answerError } from '../answer-error.ts'
import { faultLayer } from '../apply-fault.ts'
import { hintHeaders } from '../transform/request-hints.ts'
import { admit } from './admit.ts'
import { createAskedReader } from './asked.ts'
import { cacheControl } from './cache.ts'
import { createRender } from './render.ts'
import { toBody } from './rendition.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Refusal } from '../refusal.ts'
import type { Asked, AskedReader } from './asked.ts'
import type { Render } from './render.ts'

/** Creates the host that serves named and flexible variants. */
export function createDeliveryHost(emulation: Emulation): Hono<EmulatorEnv> {
  const render = createRender(emulation.config)
  const reader = createAskedReader(emulation.config.settings)
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(sayAsText))
  app.get('*', faultLayer(emulation, 'delivery', sayAsText), (c) =>
    deliver(c.req.raw, emulation, { render, reader }),
  )
  return app
}

interface Tools {
  readonly render: Render
  readonly reader: AskedReader
}

/** A `Range` is ignored, as HTTP allows: what production does with one is not published. */
async function deliver(
  request: Request,
  emulation: Emulation,
  { render, reader }: Tools,
): Promise<Response> {
  const { file, asked, cache } = await admit(new URL(request.url), emulation, reader)
  const { bytes, etag, headers } = await render(file, asked, request.headers)
  const validators = {
    'Cache-Control': cacheControl(cache, emulation.config.now()),
    ETag: etag,
    Vary: varyOf(asked),
  }
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers: validators })
  return new Response(toBody(bytes), { headers: { ...headers, ...validators } })
}

const varyOf = ({ isHinted }: Asked): string =>
  isHinted ? ['Accept', ...hintHeaders].join(', ') : 'Accept'

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers.get('If-None-Match')?.split(',') ?? []
  return known.some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}

/** Text with the reason, and the number in a header: https://developers.cloudflare.com/images/reference/errors/ */
const sayAsText = ({ status, code, message }: Refusal): Response =>
  new Response(`ERROR ${code}: ${message}`, { status, headers: { 'Cf-Resized': `err=${code}` } })
