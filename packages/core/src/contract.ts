/** The wire contract between the kit and the routes. */
import type { FailureCode, Retry, Stage } from './failure.ts'
import type { Image, ImageType, Rung } from './image.ts'

/** `POST uploads`: asks for a slot. Asking again with a known upload id answers the record that exists. */
export interface StartUpload {
  readonly uploadId: string
  readonly kind: string
  readonly filename: string
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  /** Only keys that the server allows for this kind; 1024 bytes with what it adds. It is no secret. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Only where the server allows it for this kind; else the kind decides. */
  readonly privacy?: 'private' | 'public'
}

/** To Cloudflare itself: POST the file, as a form with the one field `file`, to its one-time URL. */
export interface DirectWay {
  readonly rung: 'direct'
  readonly attemptId: string
  readonly url: string
  /** Milliseconds since the epoch, by the server's clock. */
  readonly expiresAt: number
}

/** Through our server: `PUT uploads/:id/bytes?attemptId=…`, with the bytes as they are for a body. */
export interface ServerWay {
  readonly rung: 'relay' | 'park'
  readonly attemptId: string
}

/** Where the bytes are to go next. The server chooses: it knows what has failed, here and elsewhere. */
export type UploadWay = DirectWay | ServerWay

/** `way` is null when no bytes are wanted any more: they have arrived, are with the server, or were refused. */
export interface StartedUpload {
  readonly image: Image
  readonly way: UploadWay | null
  /** The rungs that this server has, in the order in which it tries them. */
  readonly rungs: readonly Rung[]
}

/** `POST uploads/:id/complete`: the browser says that the bytes have arrived. Cloudflare decides. */
export interface CompleteUpload {
  readonly attemptId: string
}

/** `POST uploads/:id/failed`: a hint, checked against Cloudflare before anything is believed. */
export interface ReportFailure {
  readonly attemptId: string
  readonly code: FailureCode
  /** The code in the upload host's reply, such as 5455, if there was one. */
  readonly cloudflareCode: number | null
}

export interface ImageReply {
  readonly image: Image
}

export interface ImageList {
  readonly images: readonly Image[]
  /** Hand it back as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

/** `PATCH :id`: what is not named stays. */
export interface UpdateImage {
  readonly filename?: string
  /** Replaces the metadata as a whole. Only keys that the server allows for this kind. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Only where the server allows it for this kind. A change makes every URL of the image invalid. */
  readonly privacy?: 'private' | 'public'
}

/** `POST bulk`: the same to many images, each by itself. */
export interface BulkRequest {
  readonly action: 'delete'
  /** 1 to 100. */
  readonly ids: readonly string[]
  /** `force`: though something of the app uses it. */
  readonly mode?: 'unless-used' | 'force'
}

export interface BulkReply {
  /** In the order of the ids. */
  readonly results: readonly BulkResult[]
}

export type BulkResult =
  | { readonly id: string; readonly status: 'done' }
  | { readonly id: string; readonly status: 'failed'; readonly code: FailureCode }

/** `POST :id/share`: a link for whoever has it. */
export interface ShareImage {
  readonly preset: string
  /** How long it lives, in milliseconds. The server has a limit. */
  readonly ttlMs?: number
  /** Whether it shows the picture once, after a click. */
  readonly once?: boolean
  /** The watermark. @default the one that is due, else none */
  readonly plan?: string
  /** The app's id of whom it is for, and no name: letters, digits, - or _. The mark on the picture says who that is. */
  readonly label?: string
}

export interface SignedUrl {
  readonly url: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A failure on the wire, as `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly code: FailureCode
  readonly stage: Stage
  readonly retry: Retry
  readonly requestId: string
  readonly retryAfterMs?: number | undefined
  /** The field of the request that is wrong. */
  readonly field?: string | undefined
}
