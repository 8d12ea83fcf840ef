import { admits } from './breaker.ts'
import { createCircuitState } from './circuit-state.ts'
import type { CircuitOptions } from './circuit-state.ts'
import type { CircuitKey } from './layer.ts'
import { createVoteCount } from './vote-count.ts'
import type { WitnessedCircuit } from './witnessed-circuit.ts'

/** Counts votes in this process alone: see `WitnessedCircuit` for what they are. `quorum` is how many different witnesses it takes. */
export function createLocalVotes(
  circuit: CircuitKey,
  options: CircuitOptions,
  quorum: number,
): WitnessedCircuit {
  const { surroundings, config } = options
  const { monotonic, random } = surroundings
  // The votes are counted here; what comes through is one verdict.
  const state = createCircuitState(circuit, {
    ...options,
    config: { ...config, consecutiveFailures: 1 },
  })
  const failures = createVoteCount({ quorum, maxAgeMs: config.windowMs, monotonic })
  return { vote, snapshot: state.snapshot }

  async function vote(witness: string, outcome: 'success' | 'failure'): Promise<void> {
    if (!admits(state.get(), monotonic())) return
    if (outcome === 'success') failures.clear()
    else if (!failures.add(witness)) return
    // Once the pause is over, this is the probe.
    state.apply({ type: 'admitted', now: monotonic() })
    const { era } = state.get()
    state.apply({ type: 'settled', outcome, era, now: monotonic(), random: random() })
  }
}
