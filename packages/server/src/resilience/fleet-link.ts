import type { Surroundings } from '../surroundings.ts'
import type { BreakerStore, FleetRules, FleetVerdict } from './breaker-store.ts'
import type { Outcome } from './breaker.ts'
import { createFleetKnowledge } from './fleet-knowledge.ts'
import { createLooks } from './looks.ts'
import type { LooksOptions } from './looks.ts'
import type { StoreGuard } from './store-guard.ts'
import { createWitnessNotes, NOTHING } from './witness-notes.ts'
import type { Seen } from './witness-notes.ts'

/** The probe of the whole fleet: whoever holds it is the only one. */
export interface FleetProbe {
  readonly owner: string
  readonly generation: number
}

/** The lease; or how long to wait; or neither, if the fleet has nothing against the call, or could not be asked. */
export type ProbeAnswer =
  | { readonly lease: FleetProbe; readonly refusedMs?: never }
  | { readonly refusedMs?: number; readonly lease?: never }

export interface ProbeEnd {
  readonly outcome: Outcome
  readonly retryAfterMs?: number | undefined
}

/** What a process has to do with the fleet, about one circuit. */
export interface FleetLink {
  /** Looks what the fleet thinks: in the background if that has been heard lately. A promise only at first. */
  readonly look: () => Promise<unknown> | undefined
  /** Whether the fleet's verdict, as far as it is known here, is against calls. */
  readonly isOpen: () => boolean
  /** Asks for the one probe of the fleet. Of many callers in one process one asks, and the others are sent away. */
  readonly askForProbe: () => Promise<ProbeAnswer>
  /** Notes what this process saw. The store hears of bad news at once, of good news with the next look. */
  readonly note: (outcome: Outcome) => void
  /** Tells, in the background, what became of the probe. */
  readonly settle: (lease: FleetProbe, end: ProbeEnd) => void
  /** How long the fleet refuses, as far as is known here. Looks again in the background. */
  readonly heldMs: () => number
  /** Has the whole fleet refuse for at least so long. */
  readonly hold: (ms: number) => void
  /** Hears of each verdict of another generation. */
  readonly watch: (listener: (verdict: FleetVerdict) => void) => void
}

export interface FleetLinkOptions extends LooksOptions {
  readonly surroundings: LooksOptions['surroundings'] & Pick<Surroundings, 'randomId'>
  readonly store: BreakerStore
  readonly rules: FleetRules
  readonly guard: StoreGuard
  /** What this process calls itself. */
  readonly witness: () => string
}

/** How long those wait who come while another caller of the same process asks for the probe. */
const ASKING_MS = 50

export function createFleetLink(name: string, options: FleetLinkOptions): FleetLink {
  const { store, rules, witness } = options
  const { random, randomId, monotonic } = options.surroundings
  const knowledge = createFleetKnowledge(options)
  const notes = createWitnessNotes({ maxAgeMs: rules.windowMs, monotonic })
  const looks = createLooks(readOrReport, options)
  let asking = false
  knowledge.watch(notes.clear)

  return {
    look() {
      const first = looks.first()
      if (looks.isDue()) looks.refresh()
      return first
    },
    isOpen: () => knowledge.verdict().status !== 'closed',
    askForProbe,
    note(outcome) {
      notes.add(outcome)
      if (outcome === 'failure' || outcome === 'slow') looks.refresh()
    },
    settle: (lease, end) => void tell(lease, end),
    heldMs() {
      if (looks.isDue()) looks.refresh()
      return knowledge.remainingMs()
    },
    hold: (holdMs) => void report({ ...NOTHING, holdMs }),
    watch: knowledge.watch,
  }

  async function askForProbe(): Promise<ProbeAnswer> {
    if (asking) return { refusedMs: ASKING_MS }
    const request = { owner: randomId(), leaseMs: rules.probeMs }
    asking = true
    const answer = await knowledge.ask(() => store.tryProbe(name, request))
    asking = false
    // This process goes by its own circuit from now on, which has followed the fleet's so far: it sends its own probe.
    if (!answer) knowledge.forget()
    if (!answer || answer.status === 'closed') return {}
    const { granted, generation, remainingMs } = answer
    return granted ? { lease: { owner: request.owner, generation } } : { refusedMs: remainingMs }
  }

  async function tell(lease: FleetProbe, { outcome, retryAfterMs }: ProbeEnd): Promise<void> {
    const asked = retryAfterMs !== undefined && retryAfterMs > 0 ? { retryAfterMs } : {}
    const probe = { ...lease, outcome, random: random(), ...asked }
    await knowledge.ask(() => store.settleProbe(name, probe, rules))
  }

  /** Answers whether there is more to report already. */
  async function readOrReport(): Promise<boolean> {
    const seen = notes.take()
    const answer = await (seen.calls === 0
      ? knowledge.ask(() => store.observe(name))
      : report(seen))
    if (!answer) notes.giveBack(seen)
    return answer !== undefined && notes.areBad()
  }

  function report(seen: Seen & { readonly holdMs?: number }) {
    const { generation } = knowledge.verdict()
    const told = { ...seen, witness: witness(), generation, random: random() }
    return knowledge.ask(() => store.report(name, told, rules))
  }
}
