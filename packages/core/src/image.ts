import type { Failure } from './failure.ts'

/** The types that can be told from their bytes. What an upload accepts is the file policy's business. */
export const imageTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/heic',
  'image/avif',
] as const

export type ImageType = (typeof imageTypes)[number]

/** Where a record is in its life. `ready` needs Cloudflare's word; `rejected` needs evidence. */
export const imageStates = [
  'requested',
  'pending',
  'delivered',
  'ready',
  'rejected',
  'expired',
  'deleted',
] as const

export type ImageState = (typeof imageStates)[number]

/** An image as the routes answer it to its owner. */
export interface Image {
  /** Our own id, never Cloudflare's. */
  readonly id: string
  /** Made by the browser when the file was picked; the idempotency key of the whole upload. */
  readonly uploadId: string
  readonly state: ImageState
  /** What the app uses it for, such as `photo`. */
  readonly kind: string
  readonly filename: string
  /** Type and dimensions are the browser's claim: the bytes went to Cloudflare without passing us. */
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Why it is not ready, if a try has failed. */
  readonly failure: Failure | null
  /** A signed URL of the variant that was asked for, when the image is ready. */
  readonly url: string | null
}
