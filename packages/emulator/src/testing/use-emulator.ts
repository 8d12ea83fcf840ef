import { afterEach, beforeEach } from 'vitest'
import { createEmulator } from '../emulator.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** Configures the emulators of a test file. */
export interface UseEmulatorOptions extends EmulatorOptions {
  /** Makes each of them, as `createNodeEmulator` of the `./node` entry does with true pixels. */
  readonly create?: (options: EmulatorOptions) => Emulator
}

/**
 * Gives every test of a file a fresh emulator, and lets nothing of it act on after the test. Call it at the top
 * and ask for the emulator within a test. A `store` or `accountStore` that is handed in is emptied after each.
 */
export function useEmulator({
  create = createEmulator,
  ...options
}: UseEmulatorOptions = {}): () => Emulator {
  let emulator: Emulator | undefined
  beforeEach(() => {
    emulator = create(options)
  })
  afterEach(async () => {
    await emulator?.reset()
    emulator = undefined
  })
  return function current() {
    if (emulator) return emulator
    throw new TypeError('Ask for the emulator within a test: there is none before or between tests')
  }
}
