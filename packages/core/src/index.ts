/** The words browser and server share. Nothing here reads, sends or holds a secret. */

// Failures
export { createFailure, failures, isFailureCode } from './failure.ts'
export type {
  AccessReason,
  Failure,
  FailureCode,
  FailureFacts,
  FileReason,
  HostReason,
  Measure,
  Retry,
  Stage,
} from './failure.ts'
export { ImagesError } from './images-error.ts'
export type { ImagesErrorDetails } from './images-error.ts'
export { userState } from './user-state.ts'
export type { DraftOutcome, UserState } from './user-state.ts'

// Files
export { checkFile, defaultFilePolicy } from './file/policy.ts'
export type { FileCheck, FilePolicy } from './file/policy.ts'
export { sniff } from './file/sniff.ts'
export type { ImageFacts } from './file/image-facts.ts'
export type { Sniffed } from './file/sniff.ts'
export {
  DEFAULT_SLOT_MS,
  MAX_ANIMATION_PIXELS,
  MAX_DIMENSION,
  MAX_PIXELS,
  MAX_UPLOAD_BYTES,
  MAX_VARIANTS,
} from './limits.ts'

// Images and the wire contract
export { actions, imageStates, imageTypes, rungs } from './image.ts'
export type { Action, Image, ImageState, ImageType, Rung } from './image.ts'
export {
  bulkRequestSchema,
  completeUploadSchema,
  reportFailureSchema,
  shareImageSchema,
  startUploadSchema,
  updateImageSchema,
} from './request-schemas.ts'
export {
  failureSchema,
  imageListSchema,
  imageReplySchema,
  problemSchema,
  signedUrlSchema,
  startedUploadSchema,
} from './reply-schemas.ts'
export type {
  BulkReply,
  BulkRequest,
  BulkResult,
  CompleteUpload,
  DirectWay,
  ImageList,
  ImageReply,
  Problem,
  ReportFailure,
  ServerWay,
  ShareImage,
  SignedUrl,
  StartedUpload,
  StartUpload,
  UpdateImage,
  UploadWay,
} from './contract.ts'

// Delivery
export { buildDeliveryUrl, DELIVERY_ORIGIN, parseDeliveryUrl } from './delivery/url.ts'
export type { DeliveryUrlParts } from './delivery/url.ts'
