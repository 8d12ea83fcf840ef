import { createEmulator } from '../emulator.ts'
import { createSharpPixels } from './sharp-pixels.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** Creates an emulator whose pictures have true pixels. */
export function createNodeEmulator(options: EmulatorOptions = {}): Emulator {
  return createEmulator({ pixels: createSharpPixels(), ...options })
}
