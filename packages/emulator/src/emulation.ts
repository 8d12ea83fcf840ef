import { createFaultBoard } from './fault-switches.ts'
import { createRequestLog } from './request-log.ts'
import type { FaultBoard } from './fault-switches.ts'
import type { Fault } from './faults.ts'
import type { EmulatorConfig } from './options.ts'
import type { RequestLog } from './request-log.ts'
import type { ImageStore } from './store.ts'
import type { Variant } from './variant.ts'

/** Is everything one emulated account consists of. */
export interface Emulation {
  readonly config: EmulatorConfig
  readonly store: ImageStore
  readonly variants: Map<string, Variant>
  readonly faults: FaultBoard
  readonly requests: RequestLog
}

/** Types the Hono apps: every request collects the faults that acted on it. */
export interface EmulatorEnv {
  readonly Bindings: { readonly acted: Fault[] }
}

/** Creates an empty account. */
export function createEmulation(config: EmulatorConfig): Emulation {
  return {
    config,
    store: config.store,
    variants: new Map(config.variants.map((variant) => [variant.id, variant])),
    faults: createFaultBoard(config.faults),
    requests: createRequestLog(),
  }
}
