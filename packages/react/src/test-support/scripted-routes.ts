/** Our server's upload routes, as a list of replies to each. For stories and tests. */
import type { Failure, Image, Rung, UploadWay } from '@lightfast/core'
import { rungs } from '@lightfast/core'
import { toProblem } from '../testing/to-problem.ts'

export type UploadRoute = 'start' | 'complete' | 'failed' | 'status' | 'remove'

/**
 * An image in that state, with the way that is wanted next where one is asked for; a failure; or `offline`:
 * the request does not get through.
 */
export type ScriptedReply =
  | { readonly image: Image; readonly way?: Rung | null }
  | { readonly failure: Failure }
  | 'offline'

export interface ScriptedRequest {
  readonly route: UploadRoute
  readonly path: string
  readonly body: unknown
}

export interface ScriptedRoutes {
  readonly fetch: (request: Request) => Promise<Response>
  /** What was asked, in order. */
  readonly requests: readonly ScriptedRequest[]
}

/** Makes routes that answer the next reply of their list; the last one is repeated. */
export function createScriptedRoutes(
  replies: Partial<Record<UploadRoute, readonly ScriptedReply[]>>,
): ScriptedRoutes {
  const requests: ScriptedRequest[] = []

  async function fetch(request: Request): Promise<Response> {
    const route = toRoute(request)
    const asked = requests.filter((other) => other.route === route).length
    const text = await request.text()
    const { pathname } = new URL(request.url)
    requests.push({ route, path: pathname, body: text === '' ? null : JSON.parse(text) })
    request.signal.throwIfAborted()
    const list = replies[route] ?? []
    return toResponse(list[Math.min(asked, list.length - 1)] ?? 'offline', asked)
  }

  return { fetch, requests }
}

function toRoute({ method, url }: Request): UploadRoute {
  if (url.endsWith('/complete')) return 'complete'
  if (url.endsWith('/failed')) return 'failed'
  if (method === 'DELETE') return 'remove'
  return method === 'GET' ? 'status' : 'start'
}

function toResponse(reply: ScriptedReply, asked: number): Response {
  if (reply === 'offline') throw new TypeError('Failed to fetch')
  if ('failure' in reply) return toProblem(reply.failure)
  const { image, way } = reply
  if (way === undefined) return Response.json({ image })
  return Response.json({ image, way: way && toWay(way, asked + 1), rungs })
}

function toWay(rung: Rung, count: number): UploadWay {
  const attemptId = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  if (rung !== 'direct') return { rung, attemptId }
  return { rung, attemptId, url: `https://upload.test/${count}`, expiresAt: 9_999_999_999_999 }
}
