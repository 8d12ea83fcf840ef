import type { Surroundings } from '../surroundings.ts'
import type { Circuit } from './circuit.ts'
import { joinFleet } from './join-fleet.ts'
import { createFleetLink } from './fleet-link.ts'
import type { FleetLink, FleetLinkOptions } from './fleet-link.ts'
import type { SharedGates } from './gate.ts'
import type { CircuitKey, GateKey } from './layer.ts'

/** What a process has of its fleet: local first, a store behind it, and no harm if the store is gone. */
export interface Fleet {
  /** Puts the fleet's verdict on top of a circuit. */
  readonly join: (key: CircuitKey, own: Circuit) => Circuit
  readonly gates: SharedGates
}

export interface FleetOptions extends Omit<FleetLinkOptions, 'witness' | 'surroundings'> {
  /** Stands before every key: one account's circuits are not another's. */
  readonly scope: string
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'random' | 'randomId' | 'schedule'>
}

/** Makes this process a witness of the fleet. */
export function createFleet(options: FleetOptions): Fleet {
  const links = new Map<string, FleetLink>()
  const { scope, surroundings } = options
  let name: string | undefined
  return {
    join: (key, own) => joinFleet(own, { link: find(key), surroundings }),
    gates: {
      heldMs: (gate: GateKey) => find(`gate-${gate}`).heldMs(),
      hold: (gate: GateKey, ms: number) => find(`gate-${gate}`).hold(ms),
    },
  }

  function find(key: string): FleetLink {
    const known = links.get(key)
    if (known) return known
    const made = createFleetLink(`${scope}:${key}`, { ...options, witness })
    links.set(key, made)
    return made
  }

  /** Named at the first report: nothing random may happen where a Worker loads its modules. */
  function witness(): string {
    name ??= surroundings.randomId()
    return name
  }
}
