/** What a browser parses the routes' replies with. A field that a later server adds is no reason to fail. */
import * as v from 'valibot'
import type { ImageList, ImageReply, Problem, SignedUrl, StartedUpload } from './contract.ts'
import { isFailureCode } from './failure.ts'
import type { Failure, FailureCode } from './failure.ts'
import { actions, imageStates, imageTypes, rungs } from './image.ts'
import type { Image } from './image.ts'

/** A row of the failure table. Asked of the table itself, so that no list can lag behind it. */
export const failureCode: v.GenericSchema<FailureCode> = v.custom<FailureCode>(
  (input) => typeof input === 'string' && isFailureCode(input),
)

const stage = v.picklist(['check', 'provision', 'transfer', 'processing'])

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
  facts: v.picklist(['claimed', 'verified']),
  contentType: v.picklist(imageTypes),
  sizeBytes: v.number(),
  width: v.nullable(v.number()),
  height: v.nullable(v.number()),
  rung: v.nullable(v.picklist(rungs)),
  createdAt: v.number(),
  failure: v.nullable(failureSchema),
  mine: v.boolean(),
  privacy: v.picklist(['private', 'public']),
  can: v.array(v.picklist(actions)),
  url: v.nullable(v.string()),
  thumbhash: v.nullable(v.string()),
})

export const startedUploadSchema: v.GenericSchema<StartedUpload> = v.object({
  image,
  way: v.nullable(
    v.variant('rung', [
      v.object({
        rung: v.literal('direct'),
        attemptId: v.string(),
        url: v.string(),
        expiresAt: v.number(),
      }),
      v.object({ rung: v.picklist(['relay', 'park']), attemptId: v.string() }),
    ]),
  ),
  rungs: v.array(v.picklist(rungs)),
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
