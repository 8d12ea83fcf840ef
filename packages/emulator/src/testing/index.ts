/** The emulator in a test of yours, with Vitest. */
export { useEmulator } from './use-emulator.ts'
export type { UseEmulatorOptions } from './use-emulator.ts'
