import { decide } from './decide.ts'
import type { PolicyParts } from './decide.ts'
import { explainDecision } from './explain-decision.ts'
import type { Explanation } from './explain-decision.ts'
import type { Action } from '@lightfast/core'
import type { ImageFacts, PolicyEngine, Scope } from './policy-engine.ts'
import type { Principal } from './principal.ts'
import { readGrants } from './read-grants.ts'
import type { Grant } from './read-grants.ts'
import { toAsker } from './standing.ts'
import { everyStanding, toStandings } from './standing-bits.ts'
import { toScope } from './to-scope.ts'
import { toWalls } from './walls.ts'
import type { Tenants } from './walls.ts'

export interface PolicyOptions {
  readonly grants: readonly Grant[]
  /** `none` is for apps that have no tenants. @default walled */
  readonly tenants?: Tenants
}

/** Rules that decide, and can say why. */
export interface Policy extends PolicyEngine {
  /** Tells how a decision comes about, as data and as text for a log. It names nobody but who asks. */
  readonly explain: (principal: Principal, action: Action, image: ImageFacts) => Explanation
}

/**
 * Makes a policy of grants. Whatever they say, a deleted image is nobody's, an unfinished one its owner's alone, and no image is seen
 * from another tenant. What no grant allows is denied. Where several do, the one with the fewest obligations decides.
 *
 * `scope` speaks of records that are not deleted: whoever lists by it leaves those out by their state.
 * @throws TypeError that names the grant that is none.
 */
export function createPolicy({ grants, tenants = 'walled' }: PolicyOptions): Policy {
  return toPolicy({ walls: toWalls(tenants), grants: readGrants(grants) })
}

/** Makes a policy of grants behind these walls. */
export function toPolicy({ walls, grants }: PolicyParts): Policy {
  const fewestFirst = grants.toSorted((a, b) => a.obligations.length - b.obligations.length)
  const parts: PolicyParts = { walls, grants: fewestFirst }
  return Object.freeze<Policy>({
    check: async (principal, action, image) => decide(parts, { principal, action, image }),
    scope: async (principal, action) => findScope(parts, principal, action),
    explain: (principal, action, image) => explainDecision(parts, { principal, action, image }),
  })
}

function findScope({ walls, grants }: PolicyParts, principal: Principal, action: Action): Scope {
  try {
    const asker = toAsker(principal)
    if (!asker) return []
    const granted = grants.reduce(
      (bits, { actions, when }) =>
        actions.includes(action) ? bits | toStandings(when, asker.groups) : bits,
      0,
    )
    const within = walls.reduce(
      (bits, { when }) => bits & toStandings(when, asker.groups),
      everyStanding,
    )
    return toScope(granted & within, asker)
  } catch {
    // What cannot be decided is denied: no record.
    return []
  }
}
