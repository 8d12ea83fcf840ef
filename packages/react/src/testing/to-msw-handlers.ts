/** An entry of its own, so that who does not use MSW need not install it. */
import { http, HttpResponse } from 'msw'
import type { HttpHandler } from 'msw'
import { SCRIPTED_UPLOAD_ORIGIN } from './scripted-server.ts'
import type { ScriptedServer } from './scripted-server.ts'

/**
 * Lets MSW answer for a scripted server, in Node and in the browser: the upload routes at `endpoint`, and
 * the upload host. An uploader then needs no options of its own.
 *
 * @example
 * setupServer(...toMswHandlers('/api/images', createScriptedServer(openCircuit())))
 */
export function toMswHandlers(
  endpoint: string,
  server: Pick<ScriptedServer, 'fetch'>,
): readonly HttpHandler[] {
  const base = endpoint.replace(/\/+$/u, '')

  async function answer({ request }: { readonly request: Request }): Promise<Response> {
    if (request.method === 'OPTIONS') return allowAll(new Response(null, { status: 204 }))
    const response = await server.fetch(request).catch(() => null)
    return response === null ? HttpResponse.error() : allowAll(response)
  }

  return [
    http.all(`${base}/uploads`, answer),
    http.all(`${base}/uploads/*`, answer),
    http.delete(`${base}/:id`, answer),
    http.all(`${SCRIPTED_UPLOAD_ORIGIN}/*`, answer),
  ]
}

/** The upload host is another origin, and jsdom asks it for leave before it sends, as browsers do. */
function allowAll(response: Response): Response {
  for (const name of ['origin', 'methods', 'headers']) {
    response.headers.set(`access-control-allow-${name}`, '*')
  }
  return response
}
