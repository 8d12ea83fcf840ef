import type { EventBus } from '../events.ts'
import { duration, readConfig, tally } from '../read-config.ts'
import type { Surroundings } from '../surroundings.ts'
import type { BreakerConfig } from './breaker-config.ts'
import type { BreakerStore, FleetRules } from './breaker-store.ts'
import { createFleet } from './create-fleet.ts'
import type { Fleet } from './create-fleet.ts'
import { createStoreGuard } from './store-guard.ts'
import { createWitnessedCircuit } from './witnessed-circuit.ts'
import type { WitnessedCircuit } from './witnessed-circuit.ts'

/** How processes share what they know. */
export interface SharingConfig {
  /** Distinct processes that must have seen failures before the fleet opens a circuit; fewer if there are no more. @default 2 */
  readonly quorum: number
  /** How old the fleet's verdict may be before it is looked up again, in the background. @default 500 */
  readonly refreshMs: number
  /** How long one step of the store may take; after that the process goes by what it knows itself. @default 50 */
  readonly timeoutMs: number
}

export interface ShareCircuitsOptions extends Partial<SharingConfig> {
  /** The memory of this process, a file of this machine, or Redis. */
  readonly store: BreakerStore
}

/** What the client hands to those who share. */
export interface SharingParts {
  /** Stands before every key: one account's circuits are not another's. */
  readonly scope: string
  readonly breaker: BreakerConfig
  /** How many people must have seen the upload host fail. */
  readonly voters: number
  readonly surroundings: Surroundings
  readonly bus: EventBus
}

export interface Shared {
  readonly fleet: Fleet
  readonly uploadHost: WitnessedCircuit
}

/** Joins a client to its fleet, when it is made. */
export type Sharing = (parts: SharingParts) => Shared

const options = {
  defaults: { quorum: 2, refreshMs: 500, timeoutMs: 50 },
  ranges: { quorum: tally, refreshMs: duration, timeoutMs: duration },
}

/**
 * Shares circuits and the account's gate with other processes: local first, the store behind it. Losing the store costs
 * nothing but the fleet's verdict.
 * @throws RangeError or TypeError that names the option and its range.
 */
export function shareCircuits({ store, ...given }: ShareCircuitsOptions): Sharing {
  const { quorum, refreshMs, timeoutMs } = readConfig('shareCircuits', options, given)
  return function share({ scope, breaker, voters, surroundings, bus }) {
    const guard = createStoreGuard({ timeoutMs, surroundings, bus })
    const rules: FleetRules = { ...breaker, quorum, orEverybody: true }
    const common = { store, scope, guard, refreshMs, surroundings }
    const ofVoters = { consecutiveFailures: voters, quorum: voters, orEverybody: false }
    return {
      fleet: createFleet({ ...common, rules }),
      uploadHost: createWitnessedCircuit({
        ...common,
        circuit: 'upload-host',
        rules: { ...rules, ...ofVoters },
        bus,
      }),
    }
  }
}
