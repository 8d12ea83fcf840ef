/** The SDK on Web standards alone. Engines and routes have entries of their own. */

// The client
export { createImagesClient } from './client/create-images-client.ts'
export type { ImagesClient, ImagesResources } from './client/create-images-client.ts'
export type { ClientCore, ClientStatus, ImagesClientOptions } from './client/create-client-core.ts'
export { createClientCore } from './client/create-client-core.ts'
export type { Api, CallOptions, Endpoint } from './client/api.ts'
export type { HostOptions } from './client/hosts.ts'
export type { ClientFigures } from './client/client-config.ts'
export type {
  CreateDirectUpload,
  CreatedDirectUpload,
  DirectUploadsResource,
} from './client/direct-uploads.ts'
export type { CloudflareImage, Metadata } from './client/cloudflare-image.ts'
export type { ImageFields } from './client/image-fields.ts'
export type { ImageListQuery, ImagePage, MetaFilter } from './client/image-list.ts'
export type { ImagesResource } from './client/images.ts'
export type { UploadStream } from './client/read-upload.ts'
export type { ImageChanges } from './client/update-image.ts'
export type { UploadOptions, UploadSource } from './client/upload-image.ts'
export type { DeleteOptions } from './client/when-missing.ts'
export type {
  AccountVariant,
  Variant,
  VariantOptions,
  VariantsResource,
} from './client/variants.ts'
export type { AccountKey, KeysResource } from './client/keys.ts'
export type { AccountStats, StatsResource } from './client/stats.ts'
export type { AccountConfig, ConfigResource } from './client/config.ts'
export type { Safe, SafeResource, SafeResult } from './client/safe.ts'
export type { Surroundings } from './surroundings.ts'

// What the client tells
export type { ClientEvent, ClientEventType, EventOf, Events } from './events.ts'
export type { Logger } from './log-events.ts'

// What an operator sees
export { createMetrics } from './metrics/create-metrics.ts'
export type { Metrics, MetricsOptions } from './metrics/create-metrics.ts'

// Resilience: what can be set, and what processes share
export type { CircuitStatusEntry, ResilienceStatus } from './resilience/create-resilience.ts'
export { createMemoryBreakerStore } from './resilience/memory-breaker-store.ts'
export type {
  BreakerStore,
  FleetRules,
  FleetVerdict,
  ProbeRequest,
  SettledProbe,
  WitnessReport,
} from './resilience/breaker-store.ts'
export type { BreakerConfig } from './resilience/breaker-config.ts'
export type { BudgetConfig } from './resilience/budget.ts'
export type { BulkheadConfig } from './resilience/bulkhead.ts'
export type { CircuitMode, CircuitSnapshot } from './resilience/circuit-state.ts'
export type { CircuitControls } from './resilience/circuits.ts'
export type { GateConfig } from './resilience/gate.ts'
export { shareCircuits } from './resilience/share-circuits.ts'
export type { ShareCircuitsOptions, Sharing, SharingConfig } from './resilience/share-circuits.ts'
export type { CircuitKey, GateKey } from './resilience/layer.ts'
export type { RetryConfig } from './resilience/retry-delay.ts'

// Uploads
export { createUploads } from './uploads/create-uploads.ts'
export type {
  Uploads,
  UploadsOperator,
  UploadsOptions,
  UploadUsages,
} from './uploads/create-uploads.ts'
export type { ListImages } from './images/list-images.ts'
export type { Original } from './images/open-original.ts'
export type { Preview } from './uploads/preview-bytes.ts'
export type { ReceiveBytes } from './uploads/receive-bytes.ts'
export type { Heard } from './uploads/receive-webhook.ts'
export type { Reconciled, ReconcileOptions } from './uploads/reconcile.ts'
export type { RegisterImage } from './uploads/register-image.ts'
export type { RemoveOptions } from './images/remove-image.ts'
export type { MetadataRules, UploadKind } from './uploads/upload-kind.ts'
export type { UploadsEvent } from './uploads/upload-events.ts'
export type { UploadLimits, UploadTimes } from './uploads/uploads-config.ts'
export type { Likeness } from './uploads/thumbhash-job.ts'
export type { Use } from './uploads/usages.ts'
export type { Attempt, AttemptOutcome, ImageRecord, KeptBytes, Slot } from './uploads/record.ts'

// Jobs
export { createJobRunner } from './jobs/create-job-runner.ts'
export type { DrainOptions, JobRunner, JobRunnerOptions } from './jobs/create-job-runner.ts'
export type { Dispatched, JobDispatcher } from './jobs/dispatcher.ts'
export type { JobEvent } from './jobs/job-events.ts'
export type {
  JobBatchHandler,
  JobHandler,
  JobHandlers,
  JobResult,
  JobTools,
} from './jobs/job-handler.ts'
export type { JobLogger } from './jobs/job-logger.ts'
export type { JobRunnerFigures } from './jobs/job-runner-config.ts'
export type {
  Job,
  JobClaim,
  JobCount,
  JobKind,
  JobLease,
  JobOutcome,
  JobQuery,
  JobStore,
  NewJob,
} from './jobs/job-store.ts'
export type { JobCounts } from './jobs/sweep-jobs.ts'
export type { JobRules } from './jobs/to-outcome.ts'

// Stores
export { createMemoryStore } from './stores/memory/create-memory-store.ts'
export type {
  AttemptChange,
  AttemptStore,
  AuditEntry,
  AuditStore,
  Beside,
  ImagesStore,
  LeaseStore,
  ListQuery,
  RecordChanges,
  RecordStore,
  RightsStore,
  Room,
  StartLimits,
  StateCount,
  Usage,
  UsageStore,
} from './uploads/store.ts'

// The bytes of files, until Cloudflare has them
export { createMemoryByteStore } from './bytes/memory-byte-store.ts'
export type { MemoryByteStoreOptions } from './bytes/memory-byte-store.ts'
export type { ByteStore, PutOptions, StoredBytes } from './bytes/byte-store.ts'

// Access and delivery
export { auditDecisions } from './access/audit-decisions.ts'
export type { AuditDecisionsOptions, AuditedDecision } from './access/audit-decisions.ts'
export { createPolicy } from './access/create-policy.ts'
export type { Policy, PolicyOptions } from './access/create-policy.ts'
export { createDefaultPolicy } from './access/default-policy.ts'
export type { DefaultPolicyOptions } from './access/default-policy.ts'
export type { ExplainedGrant, ExplainedWall, Explanation } from './access/explain-decision.ts'
export type { ExplainedRule } from './access/explain-rule.ts'
export { createJwtAuthenticate } from './access/jwt/create-jwt-authenticate.ts'
export type { JwtAuthenticateOptions, JwtKeyOptions } from './access/jwt/jwt-options.ts'
export type { HmacAlgorithm, PublicKeyAlgorithm } from './access/jwt/jwt-algorithms.ts'
export type { JwksOptions } from './access/jwt/jwks-keys.ts'
export type { PublicKeys, Secrets } from './access/jwt/jwt-keys.ts'
export type { JwtRefusal } from './access/jwt/jwt-refusal.ts'
export type { ClaimNames, ReadClaims } from './access/jwt/read-claims.ts'
export type { TokenPlace } from './access/jwt/read-token.ts'
export type {
  Clause,
  Decision,
  ImageFacts,
  Literal,
  Obligation,
  PolicyEngine,
  Scope,
} from './access/policy-engine.ts'
export type { Authenticate, Principal } from './access/principal.ts'
export type { Grant } from './access/read-grants.ts'
export { all, any, everybody, inGroup, isPublic, not, owner, sameTenant } from './access/rules.ts'
export type { Rule, SimpleRule } from './access/rules.ts'
export type { Tenants } from './access/walls.ts'
export { importSigningKey } from './delivery/signing-key.ts'
export type { SigningKey } from './delivery/signing-key.ts'
export { importAccountKeys, importSigningKeyRing } from './delivery/key-ring.ts'
export type { SigningKeyRing, SigningKeys } from './delivery/key-ring.ts'
export { signUrl } from './delivery/sign-url.ts'
export type { SigningTerms } from './delivery/sign-url-terms.ts'
export { signBatch } from './delivery/sign-batch.ts'
export { verifyUrl } from './delivery/sign-url-verify.ts'
export type { UrlVerdict } from './delivery/sign-url-verify.ts'
export { bucketExpiry, imageExpiry } from './delivery/sign-url-expiry.ts'
export type { UrlLife } from './delivery/sign-url-expiry.ts'
export { createMemoryRenditionCache } from './delivery/memory-rendition-cache.ts'
export type { MemoryRenditionCacheOptions } from './delivery/memory-rendition-cache.ts'
export type { Rendition, RenditionCache } from './delivery/rendition-cache.ts'

// Pictures that are shown whatever is down
export { createAvatars } from './pictures/create-avatars.ts'
export type { Avatars, AvatarsOptions } from './pictures/create-avatars.ts'
export { createPictures } from './pictures/create-pictures.ts'
export type { Pictures, PicturesOptions } from './pictures/create-pictures.ts'
export type { FetchedPicture, FetchPicture } from './delivery/fetch-picture.ts'
export { createDeliverySource } from './delivery/create-delivery-source.ts'
export type { DeliverySource, DeliverySourceOptions } from './delivery/create-delivery-source.ts'
export { drawPlaceholder } from './pictures/placeholder.ts'
export type { PlaceholderOf, PlaceholderSign } from './pictures/placeholder.ts'
export type { Picture, PicturePlan, PictureReason, PictureTier } from './pictures/picture.ts'
export type { PictureDoors } from './pictures/create-picture-finder.ts'
export type { PictureFigures } from './pictures/picture-figures.ts'
export type { PictureReaderOptions } from './pictures/create-picture-reader.ts'

// The gateway: pictures with a mark on them, from a route of our own
export { createGateway } from './gateway/create-gateway.ts'
export type { Gateway } from './gateway/create-gateway.ts'
export type { GatewayOptions, Viewer } from './gateway/gateway-config.ts'
export type { LandingWords } from './gateway/landing-page.ts'
export type { WantedView } from './gateway/mint.ts'
export { createViewKeys } from './gateway/view-keys.ts'
export type { ViewKey, ViewKeyOptions, ViewKeys } from './gateway/view-keys.ts'
export { defaultWatermarkPlans } from './gateway/watermark-plan.ts'
export type { ImagePlan, MarkPlace, TextPlan, WatermarkPlan } from './gateway/watermark-plan.ts'
export type { RenditionPreset } from './gateway/rendition-preset.ts'
export type { RasterType } from './delivery/raster-type.ts'
export type { Drawing, Mark, Renderer, SourcePicture } from './gateway/renderer.ts'
export { signPreset } from './delivery/presets.ts'
export type { PresetImage, SignedPreset } from './delivery/presets.ts'
export { parsePresets } from './delivery/presets-schema.ts'
export { applyVariantPlan, planVariants } from './delivery/sync-variants.ts'
export type { VariantChange, VariantPlan } from './delivery/sync-variants.ts'
