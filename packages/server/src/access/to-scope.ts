/** Says in literals, by which a store lists, what was computed in standings. */
import type { Literal, Scope } from './policy-engine.ts'
import type { Asker } from './standing.ts'
import { everyStanding, where } from './standing-bits.ts'
import type { Standings } from './standing-bits.ts'

/** A clause in waiting: the standings that it leaves, and its literals once it is known who asks. */
interface Candidate {
  readonly bits: Standings
  readonly parts: readonly Part[]
}

interface Part {
  readonly bits: Standings
  readonly toLiteral: (asker: Asker) => Literal
  /** An equality goes first: a store has an index for it. */
  readonly rank: number
}

/**
 * Makes the scope that holds exactly the records that stand to an asker in one of these ways: of the clauses that hold nothing else
 * the widest, and none that the others make up for. There can never be more than 24.
 */
export function toScope(standings: Standings, asker: Asker): Scope {
  const { possible, candidates } = asker.tenantId === null ? withoutTenant : withTenant
  const chosen = dropNeedless(choose(candidates, standings & possible))
  return chosen.map(({ parts }) => parts.map(({ toLiteral }) => toLiteral(asker)))
}

/** Takes the widest first, so that none it takes is a part of one that it could have taken. */
function choose(candidates: readonly Candidate[], asked: Standings): readonly Candidate[] {
  let missing = asked
  const chosen: Candidate[] = []
  for (const candidate of candidates) {
    if (missing === 0) break
    if ((candidate.bits & ~asked) !== 0 || (candidate.bits & missing) === 0) continue
    chosen.push(candidate)
    missing &= ~candidate.bits
  }
  return chosen
}

/** What was taken later may make up for what was taken before. */
function dropNeedless(chosen: readonly Candidate[]): readonly Candidate[] {
  return chosen.reduce((kept, one) => {
    const others = kept.filter((other) => other !== one)
    const held = others.reduce((bits, other) => bits | other.bits, 0)
    return (one.bits & ~held) === 0 ? others : kept
  }, chosen)
}

const part = (bits: Standings, rank: number, toLiteral: Part['toLiteral']): Part => ({
  bits,
  rank,
  toLiteral,
})

const mine = where(({ owned }) => owned)
const ofMyTenant = where(({ tenant }) => tenant === 'same')
const ofNoTenant = where(({ tenant }) => tenant === 'none')
const open = where(({ privacy }) => privacy === 'public')
const done = where(({ state }) => state === 'ready')
const except = (bits: Standings): Standings => everyStanding & ~bits

const isMine = part(mine, 0, ({ id }) => ({ owner: id, is: true }))
const isNotMine = part(except(mine), 2, ({ id }) => ({ owner: id, is: false }))
const isOfMyTenant = part(ofMyTenant, 1, ({ tenantId }) => ({ tenant: tenantId, is: true }))
const isNotOfMyTenant = part(except(ofMyTenant), 3, ({ tenantId }) => ({
  tenant: tenantId,
  is: false,
}))
const isOfNoTenant = part(ofNoTenant, 1, () => ({ tenant: null, is: true }))
const isOfATenant = part(except(ofNoTenant), 3, () => ({ tenant: null, is: false }))
const isPrivate = part(except(open), 4, () => ({ privacy: 'private' }))
const isPublic = part(open, 4, () => ({ privacy: 'public' }))
const isReady = part(done, 5, () => ({ ready: true }))
const isUnfinished = part(except(done), 5, () => ({ ready: false }))

const tenantChoices = [
  [],
  [isOfMyTenant],
  [isOfNoTenant],
  [isNotOfMyTenant],
  [isOfATenant],
  [isNotOfMyTenant, isOfATenant],
]

const withTenant = prepare(everyStanding, tenantChoices)
const withoutTenant = prepare(except(ofMyTenant), [[], [isOfNoTenant], [isOfATenant]])

function prepare(possible: Standings, tenants: readonly (readonly Part[])[]) {
  const combined = [[], [isMine], [isNotMine]].flatMap((ofOwner) =>
    tenants.flatMap((ofTenant) =>
      [[], [isPrivate], [isPublic]].flatMap((ofPrivacy) =>
        [[], [isReady], [isUnfinished]].map((ofState) =>
          toCandidate(possible, [...ofOwner, ...ofTenant, ...ofPrivacy, ...ofState]),
        ),
      ),
    ),
  )
  return { possible, candidates: combined.toSorted(widestFirst) }
}

function toCandidate(possible: Standings, parts: readonly Part[]): Candidate {
  return {
    bits: parts.reduce((bits, one) => bits & one.bits, possible),
    parts: parts.toSorted((one, other) => one.rank - other.rank),
  }
}

function widestFirst(one: Candidate, other: Candidate): number {
  return count(other.bits) - count(one.bits) || one.parts.length - other.parts.length
}

function count(bits: Standings): number {
  return bits === 0 ? 0 : (bits & 1) + count(bits >>> 1)
}
