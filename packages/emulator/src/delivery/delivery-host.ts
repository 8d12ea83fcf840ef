/** The delivery host: https://developers.cloudflare.com/images/optimization/hosted-images/serve-uploaded-images/ */
import { Hono } from 'hono'
import { answerError } from '../answer-error.ts'
import { faultLayer } from '../apply-fault.ts'
import { admit } from './admit.ts'
import { cacheControl } from './cache.ts'
import { createRender } from './render.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Refusal } from '../refusal.ts'
import type { Rendition, Render } from './render.ts'

/** Creates the host that serves named variants. */
export function createDeliveryHost(emulation: Emulation): Hono<EmulatorEnv> {
  const render = createRender(emulation.config.pixels)
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(sayAsText))
  app.get('*', faultLayer(emulation, 'delivery', sayAsText), (c) =>
    deliver(c.req.raw, emulation, render),
  )
  return app
}

async function deliver(request: Request, emulation: Emulation, render: Render): Promise<Response> {
  const { file, variant, cache } = await admit(new URL(request.url), emulation)
  const rendition = await render(file, variant, request.headers.get('Accept') ?? '')
  const headers = new Headers({
    'Cache-Control': cacheControl(cache, emulation.config.now()),
    ETag: await toEtag(rendition),
    Vary: 'Accept',
  })
  if (isKnown(request, headers)) return new Response(null, { status: 304, headers })
  describe(rendition, headers)
  return new Response(rendition.bytes, { headers })
}

function describe({ type, bytes }: Rendition, headers: Headers): void {
  headers.set('Content-Type', type)
  headers.set('Content-Length', String(bytes.length))
  headers.set('X-Content-Type-Options', 'nosniff')
  if (type !== 'image/svg+xml') return
  const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
  headers.set('Content-Security-Policy', policy)
}

async function toEtag({ bytes }: Rendition): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${[...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}

function isKnown(request: Request, headers: Headers): boolean {
  const known = request.headers.get('If-None-Match')?.split(',') ?? []
  return known.some((tag) => ['*', headers.get('ETag')].includes(tag.trim().replace(/^W\//, '')))
}

/** Text with the reason, and the number in a header: https://developers.cloudflare.com/images/reference/errors/ */
const sayAsText = ({ status, code, message }: Refusal): Response =>
  new Response(`ERROR ${code}: ${message}`, { status, headers: { 'Cf-Resized': `err=${code}` } })
