/**
 * The upload engine of the kit, by its files: the main entry of the package has components beside it, which are TSX, and
 * Node runs no TSX.
 */
export { createMemoryDrafts } from '../../../packages/react/src/drafts/memory-drafts.ts'
export type { DraftStore } from '../../../packages/react/src/drafts/draft-store.ts'
export { readReply } from '../../../packages/react/src/read-reply.ts'
export { isImageReply } from '../../../packages/react/src/reply-shapes.ts'
export { toTransferFailure } from '../../../packages/react/src/upload/transfer-failure.ts'
export { createUploader } from '../../../packages/react/src/upload/uploader.ts'
export type { UploadItem, UploadState } from '../../../packages/react/src/upload/upload-state.ts'
export type {
  TransferOptions,
  TransferResult,
  UploadTransport,
} from '../../../packages/react/src/upload/upload-transport.ts'
