import { createAccount } from './account.ts'
import { createClock } from './clock.ts'
import { createFaultBoard } from './fault-switches.ts'
import { createRequestLog } from './request-log.ts'
import { createSettlingStore } from './settling-store.ts'
import { createWebhooks } from './webhooks/create-webhooks.ts'
import type { Account } from './account.ts'
import type { Clock } from './clock.ts'
import type { FaultBoard } from './fault-switches.ts'
import type { Fault } from './faults.ts'
import type { EmulatorConfig } from './options.ts'
import type { RequestLog } from './request-log.ts'
import type { SettlingStore } from './settling-store.ts'
import type { Webhooks } from './webhooks/create-webhooks.ts'

/** Everything one emulated account consists of. */
export interface Emulation {
  /** Its `now` is the emulator's own clock, which can be set. */
  readonly config: EmulatorConfig
  readonly account: Account
  readonly clock: Clock
  readonly store: SettlingStore
  readonly faults: FaultBoard
  readonly requests: RequestLog
  readonly webhooks: Webhooks
}

/** Types the Hono apps: every request collects the faults that acted on it. */
export interface EmulatorEnv {
  readonly Bindings: { readonly acted: Fault[] }
}

/** Creates an account as it is configured, or as it was saved. */
export function createEmulation(config: EmulatorConfig): Emulation {
  const { variants, signingKeys, accountStore } = config
  const initial = { variants, signingKeys, flexibleVariants: false, browserTtlSeconds: null }
  const clock = createClock(config.now)
  const own = { ...config, now: clock.now }
  const faults = createFaultBoard(config.faults, own)
  return {
    config: own,
    account: createAccount(initial, accountStore),
    clock,
    store: createSettlingStore(config.store, clock.now),
    faults,
    requests: createRequestLog(),
    webhooks: createWebhooks(own, faults),
  }
}
