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

/**
 * Where a record is in its life. `parked`: our server has the bytes and sends them on; `ready` needs Cloudflare's
 * word; `rejected` needs evidence.
 */
export const imageStates = [
  'requested',
  'pending',
  'parked',
  'delivered',
  'ready',
  'rejected',
  'expired',
  'deleted',
] as const

export type ImageState = (typeof imageStates)[number]

/**
 * The ways of the upload ladder that a server can offer. `direct`: from the browser to Cloudflare. `relay`: through our
 * server, which sends the bytes on at once. `park`: the same, sent on when Cloudflare is back.
 */
export const rungs = ['direct', 'relay', 'park'] as const

export type Rung = (typeof rungs)[number]

/**
 * What can be done to an image. `viewOriginal`: see the file as it was uploaded, and not only pictures of it. `administer`: read its
 * audit and usages, and what else only those who run the app look at.
 */
export const actions = ['view', 'viewOriginal', 'share', 'update', 'delete', 'administer'] as const

export type Action = (typeof actions)[number]

/** An image as the routes answer it to whoever may see it. */
export interface Image {
  /** Our own id, never Cloudflare's. */
  readonly id: string
  /** Made by the browser when the file was picked; the idempotency key of the whole upload. */
  readonly uploadId: string
  readonly state: ImageState
  /** What the app uses it for, such as `photo`. */
  readonly kind: string
  readonly filename: string
  /** `verified`: our server has seen the bytes. `claimed`: type and dimensions are the browser's word. */
  readonly facts: 'claimed' | 'verified'
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  /** The way that the bytes took, or are taking; null before there is one. */
  readonly rung: Rung | null
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Why it is not ready, if a try has failed. */
  readonly failure: Failure | null
  /** Whether whoever asks is its owner. */
  readonly mine: boolean
  /** Private images are shown by signed URLs only. */
  readonly privacy: 'private' | 'public'
  /** What whoever asks may do to it. The server asks its policy again each time. */
  readonly can: readonly Action[]
  /** A signed URL of the variant that was asked for, when the image is ready. */
  readonly url: string | null
  /** A blurred likeness of some 25 bytes, as base64, to show until the picture is there; null until there is one. @see https://evanw.github.io/thumbhash/ */
  readonly thumbhash: string | null
}
