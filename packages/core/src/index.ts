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
export { findOrientation } from './file/exif-orientation.ts'
export type { FoundOrientation } from './file/exif-orientation.ts'
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
export { buildImageUrl, parseImageUrl, recogniseDeliveryUrl } from './delivery/image-url.ts'
export type { FlexibleUrl, ImageUrl, NamedUrl, RemoteUrl } from './delivery/image-url.ts'
export { rewriteImageUrl } from './delivery/rewrite-url.ts'
export type { UrlChange } from './delivery/rewrite-url.ts'

// What is made of a picture
export { mergeTransforms } from './delivery/transform.ts'
export type {
  Border,
  DrawLayer,
  Point,
  Quality,
  Transform,
  TransformTarget,
  Trim,
} from './delivery/transform.ts'
export { parseOptionList, toOptionList } from './delivery/option-list.ts'
export type { UrlTarget } from './delivery/option-list.ts'
export { toBindingTransform, toWorkersImage } from './delivery/workers-transform.ts'
export type { BindingTransform } from './delivery/workers-transform.ts'

// Presets
export { definePresets, pickVariant, presetVariants, variantsOf } from './delivery/presets.ts'
export type { Preset, Presets, PresetVariant } from './delivery/presets.ts'
export { toDensitySrcset, toSizes, toSrcset } from './delivery/srcset.ts'
export type { Candidate, SizeRule } from './delivery/srcset.ts'
