/** What the routes answer, as far as it is looked at before it is believed. */
import { actions, imageStates, imageTypes, isFailureCode, rungs } from '@lightfast/core'
import type {
  DirectWay,
  Failure,
  FailureCode,
  Image,
  ImageReply,
  Problem,
  ServerWay,
  StartedUpload,
  UploadWay,
} from '@lightfast/core'
import { isFlag, isNumber, isText, listOf, oneOf, orMissing, orNull, shapeOf } from './shape.ts'
import type { Guard } from './shape.ts'

const isCode: Guard<FailureCode> = (value) => isText(value) && isFailureCode(value)
const isStage = oneOf(['check', 'provision', 'transfer', 'processing'])

const isFailure = shapeOf<Failure>({
  code: isCode,
  stage: isStage,
  message: isText,
  retryAfterMs: orMissing(isNumber),
  requestId: orMissing(isText),
  measure: orMissing(shapeOf({ actual: isNumber, limit: isNumber })),
})

export const isImage = shapeOf<Image>({
  id: isText,
  uploadId: isText,
  state: oneOf(imageStates),
  kind: isText,
  filename: isText,
  facts: oneOf(['claimed', 'verified']),
  contentType: oneOf(imageTypes),
  sizeBytes: isNumber,
  width: orNull(isNumber),
  height: orNull(isNumber),
  rung: orNull(oneOf(rungs)),
  createdAt: isNumber,
  failure: orNull(isFailure),
  mine: isFlag,
  privacy: oneOf(['private', 'public']),
  can: listOf(oneOf(actions)),
  url: orNull(isText),
  thumbhash: orNull(isText),
})

export const isImageReply = shapeOf<ImageReply>({ image: isImage })

const isDirectWay = shapeOf<DirectWay>({
  rung: oneOf(['direct']),
  attemptId: isText,
  url: isText,
  expiresAt: isNumber,
})
const isServerWay = shapeOf<ServerWay>({ rung: oneOf(['relay', 'park']), attemptId: isText })
const isWay: Guard<UploadWay> = (value) => isDirectWay(value) || isServerWay(value)

export const isStartedUpload = shapeOf<StartedUpload>({
  image: isImage,
  way: orNull(isWay),
  rungs: listOf(oneOf(rungs)),
})

export const isProblem = shapeOf<Problem>({
  status: isNumber,
  title: isText,
  detail: isText,
  code: isCode,
  stage: isStage,
  retry: oneOf(['soon', 'later', 'never']),
  requestId: isText,
  retryAfterMs: orMissing(isNumber),
  field: orMissing(isText),
})
