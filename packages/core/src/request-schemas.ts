/** What the routes parse requests with. A browser has no need of them. */
import * as v from 'valibot'
import type {
  BulkRequest,
  CompleteUpload,
  ReportFailure,
  ShareImage,
  StartUpload,
  UpdateImage,
} from './contract.ts'
import { imageTypes } from './image.ts'
import { failureCode } from './reply-schemas.ts'

const MAX_NAME_LENGTH = 255
/** Cloudflare's codes have four or five digits. */
const MAX_CLOUDFLARE_CODE = 99_999

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
// Some databases cannot keep a text with a NUL in it.
const text = v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH), v.excludes('\0'))
const name = v.pipe(text, v.minLength(1))
const uuid = v.pipe(v.string(), v.uuid())

export const startUploadSchema: v.GenericSchema<StartUpload> = v.strictObject({
  uploadId: uuid,
  kind: name,
  filename: name,
  contentType: v.picklist(imageTypes),
  sizeBytes: v.pipe(count, v.minValue(1)),
  width: v.nullable(count),
  height: v.nullable(count),
  metadata: v.exactOptional(v.record(name, text)),
  privacy: v.exactOptional(v.picklist(['private', 'public'])),
})

export const completeUploadSchema: v.GenericSchema<CompleteUpload> = v.strictObject({
  attemptId: uuid,
})

export const reportFailureSchema: v.GenericSchema<ReportFailure> = v.strictObject({
  attemptId: uuid,
  code: failureCode,
  cloudflareCode: v.nullable(v.pipe(count, v.maxValue(MAX_CLOUDFLARE_CODE))),
})

const privacy = v.picklist(['private', 'public'])

export const updateImageSchema: v.GenericSchema<UpdateImage> = v.strictObject({
  filename: v.exactOptional(name),
  metadata: v.exactOptional(v.record(name, text)),
  privacy: v.exactOptional(privacy),
})

export const bulkRequestSchema: v.GenericSchema<BulkRequest> = v.strictObject({
  action: v.literal('delete'),
  ids: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(100)),
  mode: v.exactOptional(v.picklist(['unless-used', 'force'])),
})

/** A minute to a year: what the server allows beyond that it says itself. */
const ttlMs = v.pipe(count, v.minValue(60_000), v.maxValue(31_536_000_000))

export const shareImageSchema: v.GenericSchema<ShareImage> = v.strictObject({
  preset: name,
  ttlMs: v.exactOptional(ttlMs),
  once: v.exactOptional(v.boolean()),
  plan: v.exactOptional(name),
  // It is in the link, for whoever has that to read.
  label: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
})
