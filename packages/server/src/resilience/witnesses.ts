/** Who reports on a circuit, and whether enough of them saw it fail. Plain data. */
import type { TripReason } from './breaker.ts'
import type { FleetRules, WitnessReport } from './breaker-store.ts'

/** Who reported lately, and when it last saw a failure and a slow call since the circuit closed. */
export interface Witness {
  readonly name: string
  readonly seenAt: number
  readonly failedAt?: number
  readonly slowAt?: number
}

/** In the order in which they were last seen, the latest last. */
export type Witnesses = readonly Witness[]

export interface FleetWhen {
  readonly now: number
  readonly rules: FleetRules
}

/** Bounds what one circuit takes to keep: of more, those seen longest ago are forgotten. */
const MAX_WITNESSES = 100

/** Notes that a witness is there, and forgets those that have not been for a window. */
export function noteSeen(witnesses: Witnesses, name: string, when: FleetWhen): Witnesses {
  const known = witnesses.find((witness) => witness.name === name)
  const others = witnesses.filter((witness) => witness !== known && isLately(witness.seenAt, when))
  return [...others, { ...known, name, seenAt: when.now }].slice(-MAX_WITNESSES)
}

/** Notes what bad news a witness had that has just been seen. */
export function noteBadNews(
  witnesses: Witnesses,
  { witness: name, failures, slow }: WitnessReport,
  { now }: FleetWhen,
): Witnesses {
  const news = { ...(failures > 0 && { failedAt: now }), ...(slow > 0 && { slowAt: now }) }
  return witnesses.map((witness) => (witness.name === name ? { ...witness, ...news } : witness))
}

/** Keeps that they are there, and forgets what they saw. */
export function forgetBadNews(witnesses: Witnesses): Witnesses {
  return witnesses.map(({ name, seenAt }) => ({ name, seenAt }))
}

/** Asks whether enough witnesses saw bad news of this kind within the window. */
export function hasQuorum(witnesses: Witnesses, reason: TripReason, when: FleetWhen): boolean {
  const { quorum, orEverybody } = when.rules
  const votes = witnesses.filter(({ failedAt, slowAt }) => {
    const at = reason === 'slow' ? slowAt : failedAt
    return at !== undefined && isLately(at, when)
  })
  return votes.length >= (orEverybody ? Math.min(quorum, witnesses.length) : quorum)
}

/** Either side of now: a clock that trembles forgets nobody, and one that went far back keeps nobody for ever. */
function isLately(at: number, { now, rules }: FleetWhen): boolean {
  return Math.abs(now - at) < rules.windowMs
}
