import type { Failure, Image } from '@lightfast/core'

/**
 * Where the bytes go, and how. `host`: by POST to Cloudflare's one-time URL, as a form with the one field
 * `file`. `server`: by PUT to our own server, the bytes as they are for a body, with cookies.
 */
export interface TransferTarget {
  readonly to: 'host' | 'server'
  /** Whoever has a host's URL can upload by it: it belongs into no log and no message. */
  readonly url: string
}

export interface TransferOptions {
  readonly target: TransferTarget
  readonly filename: string
  readonly signal: AbortSignal
  /** Called with the bytes of the file that have left so far. */
  readonly onProgress: (loadedBytes: number) => void
}

/** How the bytes fared. `arrived` is a host's claim; only Cloudflare's own record makes it true. */
export type TransferResult =
  | {
      readonly status: 'arrived'
      /** The record, as our server answered it; null from the host, which knows of none. */
      readonly image: Image | null
    }
  | {
      readonly status: 'failed'
      /** From our server the one that its problem document describes. */
      readonly failure: Failure
      /** The code in the host's reply, such as 5455, if there was one. */
      readonly cloudflareCode: number | null
    }

/**
 * Moves the bytes of one file, to the upload host or to our server.
 *
 * - Progress rises, and never beyond the size of the file.
 * - What goes wrong on the way is a result with a `Failure`, not a rejection. A connection that breaks is
 *   `transfer_interrupted`, one that stands still `transfer_timed_out`: the bytes may have arrived.
 * - It rejects only when its signal aborts: once, at once, and with no progress after that.
 */
export interface UploadTransport {
  readonly upload: (file: Blob, options: TransferOptions) => Promise<TransferResult>
}
