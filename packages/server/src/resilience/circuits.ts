import { createCircuit } from './circuit.ts'
import type { Circuit } from './circuit.ts'
import type { CircuitOptions, CircuitSnapshot } from './circuit-state.ts'
import type { CircuitKey } from './layer.ts'
import type { Fleet } from './create-fleet.ts'

/** What an operator can do with a circuit, in this process. */
export interface CircuitControls {
  readonly list: () => readonly CircuitSnapshot[]
  /** Refuses everything until it is closed by hand. */
  readonly isolate: (circuit: CircuitKey) => void
  /** Closes it, forgets what was counted, and lets it work by itself again. */
  readonly close: (circuit: CircuitKey) => void
  /** Lets everything through and counts nothing. */
  readonly disable: (circuit: CircuitKey) => void
  /** Counts and tells, and refuses nobody: for trying a setting out. */
  readonly observeOnly: (circuit: CircuitKey) => void
}

export interface Circuits extends CircuitControls {
  readonly find: (circuit: CircuitKey) => Circuit
}

export interface CircuitsOptions extends CircuitOptions {
  /** Those that are called from here; browsers report on others. */
  readonly keys: readonly CircuitKey[]
}

/** Keeps the circuits of one client. */
export function createCircuits(options: CircuitsOptions, fleet: Fleet | undefined): Circuits {
  const circuits = new Map<CircuitKey, Circuit>()
  return {
    find,
    list: () => options.keys.map((circuit) => find(circuit).state.snapshot()),
    close: (circuit) => find(circuit).state.reset(),
    isolate: (circuit) => find(circuit).state.setMode('isolated'),
    disable: (circuit) => find(circuit).state.setMode('disabled'),
    observeOnly: (circuit) => find(circuit).state.setMode('observing'),
  }

  function find(key: CircuitKey): Circuit {
    const known = circuits.get(key)
    if (known) return known
    const own = createCircuit(key, options)
    const circuit = fleet?.join(key, own) ?? own
    circuits.set(key, circuit)
    return circuit
  }
}
