import { beforeEach } from 'vitest'
import { createEmulator } from '../emulator.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** Gives every test of a file a fresh emulator. Call it at the top and ask for the emulator within a test. */
export function useEmulator(options: EmulatorOptions = {}): () => Emulator {
  let emulator = createEmulator(options)
  beforeEach(() => {
    emulator = createEmulator(options)
  })
  return () => emulator
}
