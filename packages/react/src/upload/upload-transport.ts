import type { Failure } from '@lightfast/core'

export interface TransferOptions {
  /** Cloudflare's one-time URL. */
  readonly url: string
  readonly filename: string
  readonly signal: AbortSignal
  /** Called with the bytes of the file that have left so far. */
  readonly onProgress: (loadedBytes: number) => void
}

/** How the bytes fared. `arrived` is the host's claim; only Cloudflare's own record makes it true. */
export type TransferResult =
  | { readonly status: 'arrived' }
  | {
      readonly status: 'failed'
      readonly failure: Failure
      /** The code in the host's reply, such as 5455, if there was one. */
      readonly cloudflareCode: number | null
    }

/**
 * Moves the bytes of one file to the upload host.
 *
 * - Progress rises, and never beyond the size of the file.
 * - What goes wrong on the way is a result with a `Failure`, not a rejection.
 * - It rejects only when its signal aborts: once, at once, and with no progress after that.
 */
export interface UploadTransport {
  readonly upload: (file: Blob, options: TransferOptions) => Promise<TransferResult>
}
