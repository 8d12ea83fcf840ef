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
export {
  confirmAfter,
  delayReplies,
  failProvision,
  failTransfer,
  goOffline,
  openCircuit,
  parkUploads,
  rejectAfter,
  relayUploads,
  slowDown,
  succeed,
} from './script.ts'
export type { FailProvisionOptions, FailTransferOptions, Script } from './script.ts'
export { createScriptedServer, SCRIPTED_UPLOAD_ORIGIN } from './scripted-server.ts'
export type { ScriptedServer, ScriptedServerOptions } from './scripted-server.ts'
