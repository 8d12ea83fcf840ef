/** How the kit asks the app's server: by its routes, with cookies of the same origin, and never without an end. */
import { createFailure, ImagesError } from '@lightfast/core'
import type { Failure } from '@lightfast/core'
import { readReply } from './read-reply.ts'
import type { Guard } from './shape.ts'

export interface ServerCallerOptions {
  /** Where the app mounts the routes, such as `/api/images`. Same origin: cookies are sent to no other. */
  readonly endpoint: string
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** A signal that aborts after so many ms. One call has 20 s, its body included. */
  readonly timeout?: ((ms: number) => AbortSignal) | undefined
}

export interface ServerCall<T> {
  /** What follows the endpoint. */
  readonly path: string
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly body?: unknown
  /** What the reply has to be. */
  readonly guard: Guard<T>
  readonly signal: AbortSignal
}

/** The way to one app's server. */
export interface ServerCaller {
  /** The endpoint, as paths are added to it. */
  readonly base: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Asks once. @throws ImagesError, or the reason of the signal when that aborts. */
  readonly call: <T>(call: ServerCall<T>) => Promise<T>
}

const DEADLINE_MS = 20_000
const UNREACHABLE = 'The server could not be reached, or did not answer in time. Try again.'

/** Makes a way to ask the app's server. */
export function createServerCaller(options: ServerCallerOptions): ServerCaller {
  const { fetch = fetchGlobal, timeout = timeoutGlobal } = options
  const base = options.endpoint.replace(/\/+$/, '')
  return {
    base,
    fetch,
    async call({ path, body, guard, signal }) {
      const ended = AbortSignal.any([signal, timeout(DEADLINE_MS)])
      try {
        const response = await fetch(toRequest(base + path, body, ended))
        const { status, headers } = response
        const text = await response.text()
        return readReply({ status, text, retryAfter: headers.get('retry-after') }, guard)
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof ImagesError) throw error
        throw new ImagesError('server_unreachable', UNREACHABLE, { cause: error })
      }
    },
  }
}

/** Turns whatever a call to the server threw into a failure. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ImagesError) return error.failure
  const message = error instanceof Error ? error.message : String(error)
  return createFailure('server_failed', message)
}

export const fetchGlobal = (request: Request): Promise<Response> => fetch(request)
export const timeoutGlobal = (ms: number): AbortSignal => AbortSignal.timeout(ms)

function toRequest(url: string, body: unknown, signal: AbortSignal): Request {
  const headers = { accept: 'application/json, application/problem+json' }
  if (body === undefined) return new Request(url, { credentials: 'same-origin', headers, signal })
  return new Request(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
}
