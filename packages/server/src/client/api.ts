import { ImagesError } from '@lightfast/core'
import * as v from 'valibot'
import type { Call, CircuitKey, Send } from '../resilience/layer.ts'
import type { Surroundings } from '../surroundings.ts'

/** What a caller may say about a single call. */
export interface CallOptions {
  /** Settles the call at once, whatever it is doing. */
  readonly signal?: AbortSignal
  /** For everything: attempts, bodies and the sleeps between. @default 20_000 */
  readonly deadlineMs?: number
  /** `never`: an answer now, or none. */
  readonly repeat?: 'never'
}

/** One endpoint: all that differs between one call and another. */
export interface Endpoint<Result> {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** After `/accounts/<id>/images`. Each segment is validated and percent-encoded. */
  readonly path: readonly string[]
  readonly circuit: CircuitKey
  readonly repeat: 'safe' | 'unsafe'
  /** Made afresh for each attempt. A string is sent as JSON. */
  readonly makeBody?: () => FormData | string
  readonly result: v.GenericSchema<unknown, Result>
}

export interface Api {
  /**
   * Calls an endpoint and parses its result.
   * @throws ImagesError whenever the call failed, `success: false` with status 200 included.
   */
  readonly call: <Result>(endpoint: Endpoint<Result>, options?: CallOptions) => Promise<Result>
}

export interface ApiOptions {
  readonly send: Send
  readonly accountId: string
  readonly apiToken: string
  /** Where the API is. @default 'https://api.cloudflare.com/client/v4' */
  readonly baseUrl: string
  readonly now: Surroundings['now']
}

const DEADLINE_MS = 20_000

export function createApi({ send, accountId, apiToken, baseUrl, now }: ApiOptions): Api {
  return {
    async call(endpoint, options = {}) {
      const { signal = new AbortController().signal, deadlineMs = DEADLINE_MS } = options
      const path = ['accounts', accountId, 'images', ...endpoint.path].map(toSegment).join('/')
      const call: Call = {
        operation: endpoint.operation,
        circuit: endpoint.circuit,
        repeat: options.repeat ?? endpoint.repeat,
        deadlineAt: now() + deadlineMs,
        signal,
        makeRequest: (attempt) => makeRequest(endpoint, `${baseUrl}/${path}`, attempt),
      }
      const reply = await send(call)
      return parseResult(endpoint, reply.result)
    },
  }

  function makeRequest(endpoint: Endpoint<unknown>, url: string, signal: AbortSignal): Request {
    const body = endpoint.makeBody?.() ?? null
    const headers = new Headers({ authorization: `Bearer ${apiToken}` })
    if (typeof body === 'string') headers.set('content-type', 'application/json')
    return new Request(url, { method: endpoint.method, headers, body, signal })
  }
}

/** A dot segment would be resolved away and reach another endpoint, with our token. */
function toSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new TypeError('An id must not be empty or a dot segment.')
  }
  return encodeURIComponent(segment)
}

function parseResult<Result>(endpoint: Endpoint<Result>, result: unknown): Result {
  const parsed = v.safeParse(endpoint.result, result)
  if (parsed.success) return parsed.output
  const field = parsed.issues[0] && v.getDotPath(parsed.issues[0])
  throw new ImagesError(
    'host_reply_invalid',
    `Cloudflare’s reply to ${endpoint.operation} has another shape than documented, at "${field ?? ''}".`,
  )
}
