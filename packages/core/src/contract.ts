/** The wire contract between the kit and the routes. Both sides parse with these schemas. */
import * as v from 'valibot'
import { isFailureCode } from './failure.ts'
import type { Failure, FailureCode, Retry, Stage } from './failure.ts'
import { imageStates, imageTypes } from './image.ts'
import type { Image, ImageType } from './image.ts'

/** `POST uploads`: asks for a slot. Asking again with a known upload id answers the record that exists. */
export interface StartUpload {
  readonly uploadId: string
  readonly kind: string
  readonly filename: string
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
}

/** Cloudflare's one-time URL for one attempt. */
export interface DirectUpload {
  readonly attemptId: string
  readonly url: string
  /** Milliseconds since the epoch, by the server's clock. */
  readonly expiresAt: number
}

/** `directUpload` is null when no bytes are wanted any more: they have arrived, or were refused. */
export interface StartedUpload {
  readonly image: Image
  readonly directUpload: DirectUpload | null
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

const MAX_NAME_LENGTH = 255

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH))
const uuid = v.pipe(v.string(), v.uuid())
const failureCode: v.GenericSchema<FailureCode> = v.custom<FailureCode>(
  (input) => typeof input === 'string' && isFailureCode(input),
)
const stage = v.picklist(['check', 'provision', 'transfer', 'processing'])

export const startUploadSchema: v.GenericSchema<StartUpload> = v.strictObject({
  uploadId: uuid,
  kind: name,
  filename: name,
  contentType: v.picklist(imageTypes),
  sizeBytes: v.pipe(count, v.minValue(1)),
  width: v.nullable(count),
  height: v.nullable(count),
})

export const completeUploadSchema: v.GenericSchema<CompleteUpload> = v.strictObject({
  attemptId: uuid,
})

export const reportFailureSchema: v.GenericSchema<ReportFailure> = v.strictObject({
  attemptId: uuid,
  code: failureCode,
  cloudflareCode: v.nullable(v.pipe(count, v.maxValue(99_999))),
})

export const failureSchema: v.GenericSchema<Failure> = v.object({
  code: failureCode,
  stage,
  message: v.string(),
  retryAfterMs: v.exactOptional(v.number()),
  requestId: v.exactOptional(v.string()),
  measure: v.exactOptional(v.object({ actual: v.number(), limit: v.number() })),
})

const image: v.GenericSchema<Image> = v.object({
  id: v.string(),
  uploadId: v.string(),
  state: v.picklist(imageStates),
  kind: v.string(),
  filename: v.string(),
  contentType: v.picklist(imageTypes),
  sizeBytes: v.number(),
  width: v.nullable(v.number()),
  height: v.nullable(v.number()),
  createdAt: v.number(),
  failure: v.nullable(failureSchema),
  url: v.nullable(v.string()),
})

export const startedUploadSchema: v.GenericSchema<StartedUpload> = v.object({
  image,
  directUpload: v.nullable(
    v.object({ attemptId: v.string(), url: v.string(), expiresAt: v.number() }),
  ),
})

export const imageReplySchema: v.GenericSchema<ImageReply> = v.object({ image })

export const imageListSchema: v.GenericSchema<ImageList> = v.object({
  images: v.array(image),
  nextCursor: v.nullable(v.string()),
})

export const signedUrlSchema: v.GenericSchema<SignedUrl> = v.object({
  url: v.string(),
  expiresAt: v.number(),
})

export const problemSchema: v.GenericSchema<Problem> = v.object({
  status: v.number(),
  title: v.string(),
  detail: v.string(),
  code: failureCode,
  stage,
  retry: v.picklist(['soon', 'later', 'never']),
  requestId: v.string(),
  retryAfterMs: v.optional(v.number()),
  field: v.optional(v.string()),
})
