import type {
  CompleteUpload,
  ImageReply,
  ReportFailure,
  StartedUpload,
  StartUpload,
} from '@lightfast/core'
import { createServerCaller } from './call-server.ts'
import type { ServerCallerOptions } from './call-server.ts'
import { isImageReply, isStartedUpload } from './reply-shapes.ts'

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

/** Makes the client that an uploader talks to our server with. */
export function createUploadClient(options: ServerCallerOptions): UploadClient {
  const { base, fetch, call } = createServerCaller(options)
  return {
    start: (body, signal) => call({ path: '/uploads', body, guard: isStartedUpload, signal }),
    complete: (id, body, signal) =>
      call({ path: toPath(id, '/complete'), body, guard: isImageReply, signal }),
    reportFailure: (id, body, signal) =>
      call({ path: toPath(id, '/failed'), body, guard: isImageReply, signal }),
    status: (id, signal) => call({ path: toPath(id), guard: isImageReply, signal }),
    toBytesUrl: (id, attemptId) =>
      `${base}${toPath(id, '/bytes')}?attemptId=${encodeURIComponent(attemptId)}`,
    // Outlives the page: who takes a photo off the list may leave at once. The type is what no form can send.
    remove(id) {
      const request = new Request(`${base}/${encodeURIComponent(id)}`, {
        method: 'DELETE',
        credentials: 'same-origin',
        keepalive: true,
        headers: { 'content-type': 'application/json' },
      })
      fetch(request).catch(() => undefined)
    },
  }
}

function toPath(id: string, action: '' | '/complete' | '/failed' | '/bytes' = ''): string {
  return `/uploads/${encodeURIComponent(id)}${action}`
}
