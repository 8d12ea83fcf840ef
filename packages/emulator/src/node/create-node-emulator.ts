import { createEmulator } from '../emulator.ts'
import { resolveHost } from './resolve-host.ts'
import { createSharpPixels } from './sharp-pixels.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** Creates an emulator whose pictures have true pixels, and which asks the name service before it uploads by `url`. */
export function createNodeEmulator(options: EmulatorOptions = {}): Emulator {
  return createEmulator({ pixels: createSharpPixels(), resolveHost, ...options })
}
