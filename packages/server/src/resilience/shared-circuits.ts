import type { CircuitKey, GateKey } from './layer.ts'
import { createFleetLink } from './fleet-link.ts'
import type { FleetLink, FleetLinkOptions } from './fleet-link.ts'

/** What a fleet shares: its circuits, and the gates of the account. */
export type FleetKey = CircuitKey | `gate-${GateKey}`

/** What a process knows of its fleet: local first, a store behind it, and no harm if the store is gone. */
export type Fleet = (key: FleetKey) => FleetLink

export interface FleetOptions extends Omit<FleetLinkOptions, 'witness'> {
  /** Stands before every key: one account's circuits are not another's. */
  readonly scope: string
}

/** Makes this process a witness of the fleet. */
export function createFleet(options: FleetOptions): Fleet {
  const links = new Map<FleetKey, FleetLink>()
  let name: string | undefined
  return function link(key) {
    const known = links.get(key)
    if (known) return known
    const made = createFleetLink(`${options.scope}:${key}`, { ...options, witness })
    links.set(key, made)
    return made
  }

  /** Named at the first report: nothing random may happen where a Worker loads its modules. */
  function witness(): string {
    name ??= options.surroundings.randomId()
    return name
  }
}
