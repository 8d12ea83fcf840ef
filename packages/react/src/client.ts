import { createFailure, ImagesError } from '@lightfast/core'
import type {
  CompleteUpload,
  Failure,
  ImageReply,
  ReportFailure,
  StartedUpload,
  StartUpload,
} from '@lightfast/core'
import { readReply } from './read-reply.ts'
import { isImageReply, isStartedUpload } from './reply-shapes.ts'
import type { Guard } from './shape.ts'

/**
 * The upload routes, as a browser calls them. Every call with a signal throws an `ImagesError`, or the
 * reason of its signal when that aborts. `id` is the record's, not the upload id.
 */
export interface UploadClient {
  /** Asks which way the bytes are to take. The same upload id may be sent any number of times. */
  readonly start: (upload: StartUpload, signal: AbortSignal) => Promise<StartedUpload>
  /** Says that the bytes have arrived. */
  readonly complete: (id: string, body: CompleteUpload, signal: AbortSignal) => Promise<ImageReply>
  /** Says that the bytes did not arrive, and hears whether they did. */
  readonly reportFailure: (
    id: string,
    body: ReportFailure,
    signal: AbortSignal,
  ) => Promise<ImageReply>
  readonly status: (id: string, signal: AbortSignal) => Promise<ImageReply>
  /** Where a transport puts the bytes of one attempt. */
  readonly toBytesUrl: (id: string, attemptId: string) => string
  /** Says that a person does not want the image. Unheard it does no harm: the record expires by itself. */
  readonly remove: (id: string) => void
}

export interface UploadClientOptions {
  /** Where the app mounts the routes, such as `/api/images`. Same origin: cookies are sent to no other. */
  readonly endpoint: string
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** A signal that aborts after so many ms. One call has 20 s, its body included. */
  readonly timeout?: ((ms: number) => AbortSignal) | undefined
}

interface Call<T> {
  readonly path: string
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly body?: unknown
  readonly guard: Guard<T>
  readonly signal: AbortSignal
}

const DEADLINE_MS = 20_000

/** Makes the client that an uploader talks to our server with. */
export function createUploadClient(options: UploadClientOptions): UploadClient {
  const { fetch = fetchGlobal, timeout = timeoutGlobal } = options
  const endpoint = options.endpoint.replace(/\/+$/, '')

  async function send<T>({ path, body, guard, signal }: Call<T>): Promise<T> {
    const ended = AbortSignal.any([signal, timeout(DEADLINE_MS)])
    const request = toRequest(`${endpoint}/${path}`, body, ended)
    try {
      const response = await fetch(request)
      const { status, headers } = response
      const text = await response.text()
      return readReply({ status, text, retryAfter: headers.get('retry-after') }, guard)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof ImagesError ? error : toUnreachable(error)
    }
  }

  return {
    start: (body, signal) => send({ path: 'uploads', body, guard: isStartedUpload, signal }),
    complete: (id, body, signal) =>
      send({ path: toPath(id, '/complete'), body, guard: isImageReply, signal }),
    reportFailure: (id, body, signal) =>
      send({ path: toPath(id, '/failed'), body, guard: isImageReply, signal }),
    status: (id, signal) => send({ path: toPath(id, ''), guard: isImageReply, signal }),
    toBytesUrl: (id, attemptId) =>
      `${endpoint}/${toPath(id, '/bytes')}?attemptId=${encodeURIComponent(attemptId)}`,
    remove(id) {
      fetch(toRemoval(`${endpoint}/${encodeURIComponent(id)}`)).catch(() => undefined)
    },
  }
}

/** Turns whatever a call to the server threw into a failure. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ImagesError) return error.failure
  const message = error instanceof Error ? error.message : String(error)
  return createFailure('server_failed', message)
}

const fetchGlobal = (request: Request): Promise<Response> => fetch(request)
const timeoutGlobal = (ms: number): AbortSignal => AbortSignal.timeout(ms)

function toPath(id: string, action: '' | '/complete' | '/failed' | '/bytes'): string {
  return `uploads/${encodeURIComponent(id)}${action}`
}

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

/** Outlives the page: who takes a photo off the list may leave at once. The type is what no form can send. */
function toRemoval(url: string): Request {
  const headers = { 'content-type': 'application/json' }
  return new Request(url, {
    method: 'DELETE',
    credentials: 'same-origin',
    keepalive: true,
    headers,
  })
}

function toUnreachable(cause: unknown): ImagesError {
  const message = 'The server could not be reached, or did not answer in time. Try again.'
  return new ImagesError('server_unreachable', message, { cause })
}
