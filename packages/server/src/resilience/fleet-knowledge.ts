import type { Surroundings } from '../surroundings.ts'
import type { FleetVerdict } from './breaker-store.ts'
import type { StoreGuard } from './store-guard.ts'

export interface FleetKnowledge {
  /** What the fleet last said, as far as it was heard. */
  readonly verdict: () => FleetVerdict
  /** What is left of its pause by now. */
  readonly remainingMs: () => number
  /** Takes a step of the store and hears its answer; undefined if there was none. */
  readonly ask: <Answer extends FleetVerdict>(
    step: () => Promise<Answer>,
  ) => Promise<Answer | undefined>
  /** Goes on as if it were closed, and tells nobody: what it was is told again when it is heard again. */
  readonly forget: () => void
  /** Hears of each verdict of another generation. */
  readonly watch: (listener: (verdict: FleetVerdict) => void) => void
}

export interface FleetKnowledgeOptions {
  readonly guard: StoreGuard
  readonly surroundings: Pick<Surroundings, 'monotonic'>
}

const unheard: FleetVerdict = { status: 'closed', generation: 0, remainingMs: 0, trips: 0 }

/** Keeps the newest answer of the store about one circuit. An answer to an earlier question that comes late is not heard. */
export function createFleetKnowledge({
  guard,
  surroundings,
}: FleetKnowledgeOptions): FleetKnowledge {
  const { monotonic } = surroundings
  const listeners = new Set<(verdict: FleetVerdict) => void>()
  let known = unheard
  let heardAt = -Infinity
  let asked = 0
  let heard = 0

  async function ask<Answer extends FleetVerdict>(
    step: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    asked += 1
    const question = asked
    const answer = await guard(step)
    if (answer && question > heard) {
      heard = question
      hear(answer)
    }
    return answer
  }

  function hear(verdict: FleetVerdict): void {
    const before = known
    known = verdict
    heardAt = monotonic()
    if (before.generation === verdict.generation && before.status === verdict.status) return
    for (const listener of listeners) listener(verdict)
  }

  return {
    verdict: () => known,
    remainingMs: () => Math.max(0, heardAt + known.remainingMs - monotonic()),
    ask,
    forget: () => (known = { ...unheard, generation: known.generation }),
    watch: (listener) => listeners.add(listener),
  }
}
