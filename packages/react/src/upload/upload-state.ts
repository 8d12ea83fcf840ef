import type { DraftOutcome, Failure, Image, UserState } from '@lightfast/core'
import type { Wait } from './wait.ts'

type NotUploaded = Extract<UserState, { state: 'not-uploaded' }>['reason']
type Rejected = Extract<UserState, { state: 'rejected' }>['reason']

/** One try to move the bytes. `attempt` counts them from 1, whichever way they take, over all rounds. */
export interface Try {
  readonly attempt: number
  /** What became of the copy on the device. */
  readonly draft: DraftOutcome
}

interface Transfer extends Try {
  readonly loadedBytes: number
  readonly totalBytes: number
  /** An estimate from the speed so far; null until there is one. */
  readonly remainingMs: number | null
  /** How fast they go, smoothed; null until it is known. */
  readonly bytesPerSecond: number | null
}

/** One variant for each thing that a person can see of one upload. Each holds only its own fields. */
export type UploadState =
  /** Its turn has not come. `next` is where it goes on: the try whose bytes are at hand, or null for a file to be read. */
  | { readonly status: 'queued'; readonly next: Try | null }
  /** Reading the file and judging it by our own rules. */
  | { readonly status: 'checking' }
  /** Asking for a way. */
  | ({ readonly status: 'preparing' } & Try)
  /** Bytes on their way to Cloudflare. */
  | ({ readonly status: 'uploading' } & Transfer)
  /** Bytes on their way to our server, which sends them on. All may have left while it has not answered yet. */
  | ({ readonly status: 'relaying' } & Transfer)
  /** Our server has the bytes and will finish by itself. */
  | { readonly status: 'parked' }
  /** The bytes have arrived; waiting for Cloudflare's word. */
  | { readonly status: 'processing' }
  /** Cloudflare's word is late. The bytes are safe, so this is not a failure. */
  | { readonly status: 'still-checking' }
  /** Nothing can be sent now, and it goes on by itself: when there is a connection, or at a time. The try is the next one. */
  | ({ readonly status: 'waiting' } & Wait & Try)
  /** A draft of an earlier visit, not uploaded yet. */
  | { readonly status: 'restored' }
  | {
      readonly status: 'not-uploaded'
      readonly reason: NotUploaded
      readonly failure: Failure
      readonly draft: DraftOutcome
      /** When a new try makes sense, in ms since the epoch; null if nobody said. */
      readonly retryAt: number | null
    }
  | {
      readonly status: 'draft-saved'
      readonly reason: DraftOutcome
      readonly failure: Failure
      readonly retryAt: number | null
    }
  | { readonly status: 'rejected'; readonly reason: Rejected; readonly failure: Failure }
  | { readonly status: 'done'; readonly image: Image }

export type UploadStatus = UploadState['status']

/** One picked file, from the moment it is picked. */
export interface UploadItem {
  /** The upload id: a UUID made when the file was picked, and the idempotency key of all that follows. */
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  /** Milliseconds since the epoch. */
  readonly pickedAt: number
  /** The picture itself, for a thumbnail; null while it is unread or after it was dropped. */
  readonly preview: Blob | null
  /** Our server's id of the image, once it has given one. */
  readonly imageId: string | null
  readonly state: UploadState
}
