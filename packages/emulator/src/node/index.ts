/** The emulator on Node: true pixels and a port. */

export { createNodeEmulator } from './create-node-emulator.ts'
export { createDiskAccount } from './disk-account.ts'
export { createDiskStore } from './disk-store.ts'
export { createRequestListener } from './request-listener.ts'
export type { RequestListener } from './request-listener.ts'
export { serve } from './serve.ts'
export type { RunningEmulator, ServeOptions } from './serve.ts'
export { createSharpPixels } from './sharp-pixels.ts'
