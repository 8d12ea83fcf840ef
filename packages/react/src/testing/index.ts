/** For the tests and stories of apps that use the kit. */
export { createManualClock } from './manual-clock.ts'
export type { ManualClock } from './manual-clock.ts'
export { makeImage } from './make-image.ts'
export { createScriptedTransport } from './scripted-transport.ts'
export type {
  ScriptedTransport,
  ScriptedTransportOptions,
  TransferStep,
} from './scripted-transport.ts'
