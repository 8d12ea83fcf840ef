import type { CircuitStatus, EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { BreakerStore, FleetRules, FleetVerdict } from './breaker-store.ts'
import { createFleetKnowledge } from './fleet-knowledge.ts'
import type { CircuitKey } from './layer.ts'
import { createLooks } from './looks.ts'
import type { LooksOptions } from './looks.ts'
import type { StoreGuard } from './store-guard.ts'
import { createVoteCount } from './vote-count.ts'
import { createWitnessNotes } from './witness-notes.ts'
import type { Seen } from './witness-notes.ts'

export interface WitnessedCircuitOptions extends LooksOptions {
  readonly surroundings: LooksOptions['surroundings'] & Pick<Surroundings, 'randomId'>
  readonly circuit: CircuitKey
  readonly store: BreakerStore
  readonly scope: string
  readonly rules: FleetRules
  readonly guard: StoreGuard
  readonly bus: EventBus
}

/** A circuit of something that this process never calls itself: others call it, and tell. */
export interface WitnessedCircuit {
  /**
   * Counts what somebody saw: a vote. Failures open the circuit only if enough different witnesses saw some, with no
   * success between; once its pause is over, a success closes it, and as many witnesses keep it open. Never rejects: a vote that cannot be
   * counted is lost. While all is well a success costs nothing.
   */
  readonly vote: (witness: string, outcome: 'success' | 'failure') => Promise<void>
  /** What is known here. Looks again in the background. */
  readonly snapshot: () => WitnessedSnapshot
}

export interface WitnessedSnapshot {
  readonly status: CircuitStatus
  readonly retryAfterMs: number
  readonly trips: number
}

export function createWitnessedCircuit(options: WitnessedCircuitOptions): WitnessedCircuit {
  const { circuit, store, scope, rules, surroundings, bus } = options
  const { random, randomId, monotonic } = surroundings
  const name = `${scope}:${circuit}`
  const knowledge = createFleetKnowledge(options)
  const { ask, verdict, remainingMs } = knowledge
  const looks = createLooks(async () => {
    await ask(() => store.observe(name))
    return false
  }, options)
  /** Successes since the last failure, and that failure. */
  const notes = createWitnessNotes({ maxAgeMs: rules.windowMs, monotonic })
  const failures = createVoteCount({ quorum: rules.quorum, maxAgeMs: rules.windowMs, monotonic })
  let told: CircuitStatus = 'closed'
  knowledge.watch(tell)
  // Votes about another pause than this one do not count.
  knowledge.watch(failures.clear)
  return { vote, snapshot }

  async function vote(witness: string, outcome: 'success' | 'failure'): Promise<void> {
    notes.add(outcome)
    if (outcome === 'success' && verdict().status === 'closed') return
    const { generation } = verdict()
    const seen = notes.take()
    await report(witness, seen)
    // It had heard of an older state: now it knows the right one.
    const stale = verdict().generation !== generation && verdict().status === 'closed'
    if (stale && outcome === 'failure') await report(witness, seen)
    if (verdict().status === 'closed' || remainingMs() > 0) return
    if (outcome === 'success' || failures.add(witness)) await decide(outcome)
  }

  async function report(witness: string, seen: Seen): Promise<void> {
    const { generation } = verdict()
    const vote = { ...seen, witness, generation, random: random() }
    await ask(() => store.report(name, vote, rules))
  }

  async function decide(outcome: 'success' | 'failure'): Promise<void> {
    const owner = randomId()
    const asked = await ask(() => store.tryProbe(name, { owner, leaseMs: rules.probeMs }))
    if (!asked?.granted) return
    const probe = { owner, generation: asked.generation, outcome, random: random() }
    await ask(() => store.settleProbe(name, probe, rules))
  }

  function snapshot(): WitnessedSnapshot {
    if (looks.isDue()) looks.refresh()
    const { status, trips } = verdict()
    return { status, retryAfterMs: remainingMs(), trips }
  }

  function tell({ status: to, remainingMs: openMs }: FleetVerdict): void {
    const from = told
    told = to
    if (from === to) return
    const counts = { calls: 0, failures: 0, slow: 0, ...(to === 'open' && { openMs }) }
    const change = { circuit, from, to, because: 'fleet' } as const
    bus.emit('circuit-changed', () => ({ type: 'circuit-changed', ...change, ...counts }))
  }
}
