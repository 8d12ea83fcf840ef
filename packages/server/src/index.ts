/** The SDK on Web standards alone. Engines and routes have entries of their own. */

// The client
export { createImagesClient } from './client/create-images-client.ts'
export type {
  ClientEvent,
  ImagesClient,
  ImagesClientOptions,
} from './client/create-images-client.ts'
export type { CallOptions } from './client/api.ts'
export type {
  CreateDirectUpload,
  CreatedDirectUpload,
  DirectUploadsResource,
} from './client/direct-uploads.ts'
export type { CloudflareImage, ImagesResource } from './client/images.ts'
export type { AccountKey, KeysResource } from './client/keys.ts'
export type { Variant, VariantsResource } from './client/variants.ts'
export type { CircuitEvent } from './resilience/breaker-layer.ts'
export type { BreakerConfig } from './resilience/breaker.ts'
export type { CircuitKey } from './resilience/layer.ts'
export type { RetryConfig } from './resilience/retry-delay.ts'
export type { RetryEvent } from './resilience/retry.ts'
export type { Surroundings } from './surroundings.ts'

// Uploads
export { createUploads } from './uploads/create-uploads.ts'
export type { Uploads, UploadsOptions } from './uploads/create-uploads.ts'
export type { ListImages } from './uploads/list-images.ts'
export type { Attempt, ImageRecord, Slot } from './uploads/record.ts'
export type { ListQuery, RecordChanges, UploadStore } from './uploads/store.ts'

// Access and delivery
export type { Authenticate, Principal } from './access/principal.ts'
export { signUrl } from './delivery/sign-url.ts'
export { importSigningKey } from './delivery/signing-key.ts'
export type { SigningKey } from './delivery/signing-key.ts'
