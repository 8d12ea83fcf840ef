/** A local Cloudflare Images that behaves, and fails, like the real one. */

export { createEmulator } from './emulator.ts'
export type { Emulator } from './emulator.ts'
export { localAccount } from './options.ts'
export type { ApiToken, EmulatorOptions, Origins, SigningKey } from './options.ts'
export type { EmulatorSettings } from './settings.ts'
export type { Refusal } from './refusal.ts'
export type { Variant } from './variant.ts'

// Faults
export { InvalidFaultsError, parseFaults } from './faults.ts'
export type {
  AnswerFault,
  DelayFault,
  DropFault,
  Fault,
  FaultStep,
  ListedFault,
  RefuseLaterFault,
} from './faults.ts'
export type { FaultSwitches } from './fault-switches.ts'
export { scenarios } from './scenarios.ts'
export type { ScenarioName } from './scenarios.ts'
export type { LoggedRequest } from './request-log.ts'

// The seams to stores
export type { AccountState, AccountStore } from './account.ts'
export type { ImageFacts, ImageStore, RefusedState, StoredFile, StoredImage } from './store.ts'

// The port to a picture library
export type { DeliveredType, Fit, ImageType, Picture, Pixels, Resize } from './pixels.ts'
