/** A local Cloudflare Images that behaves, and fails, like the real one. */

export { createEmulator } from './emulator.ts'
export type { Emulator } from './emulator.ts'
export { localAccount } from './options.ts'
export type {
  ApiKey,
  ApiToken,
  EmulatorOptions,
  Origins,
  RateLimit,
  SigningKey,
} from './options.ts'
export type { EmulatorSettings } from './settings.ts'
export type { Refusal } from './refusal.ts'
export type { Fit, Variant } from './variant.ts'

// Faults
export { InvalidFaultsError, parseFaults } from './parse-faults.ts'
export type {
  AnswerFault,
  BandwidthFault,
  ClockJumpFault,
  DelayFault,
  DropFault,
  Fault,
  FaultSelectors,
  FaultStep,
  FaultTarget,
  ListLagFault,
  ListedFault,
  LoseReplyFault,
  MalformFault,
  RateLimitFault,
  RefuseLaterFault,
  SettleLaterFault,
  StallFault,
  TruncateFault,
  WebhookFault,
} from './faults.ts'
export type { FaultSwitches } from './fault-switches.ts'
export { scenarios } from './scenarios.ts'
export type { ScenarioName } from './scenarios.ts'
export type { LoggedRequest } from './request-log.ts'

// Time, reset and webhooks
export type { Clock } from './clock.ts'
export type { ResettablePart } from './reset.ts'
export type { LeastSpeed } from './upload-host/keep-up.ts'
export type { WebhookSwitches } from './webhooks/create-webhooks.ts'
export type { WebhookEvent } from './webhooks/webhook-event.ts'
export type { LoggedWebhook } from './webhooks/webhook-log.ts'
export type { WebhookOptions } from './webhooks/webhook-options.ts'

// The seams to stores
export type { AccountState, AccountStore } from './account.ts'
export type {
  ImageFacts,
  ImageStore,
  ListedImage,
  RefusedState,
  StoredFile,
  StoredImage,
} from './store.ts'

// The port to a picture library
export type {
  Border,
  DeliveredType,
  Encoding,
  Frame,
  ImageType,
  Picture,
  Pixels,
  RasterType,
  Region,
  Resize,
  Size,
} from './pixels.ts'
export type { Colour } from './transform/css-colour.ts'
