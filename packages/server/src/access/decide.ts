import { isTrue } from './is-true.ts'
import type { Action } from '@lightfast/core'
import type { Decision, ImageFacts } from './policy-engine.ts'
import type { Principal } from './principal.ts'
import type { Grant } from './read-grants.ts'
import { toAsker, toStanding } from './standing.ts'
import type { Wall } from './walls.ts'

/** What a policy rests on. */
export interface PolicyParts {
  readonly walls: readonly Wall[]
  /** Those with the fewest obligations first. */
  readonly grants: readonly Required<Grant>[]
}

/** Who asks to do what to which image. */
export interface Question {
  readonly principal: Principal
  readonly action: Action
  readonly image: ImageFacts
}

/** Decides: walls first, then the first grant that allows it. What cannot be decided is denied. */
export function decide({ walls, grants }: PolicyParts, question: Question): Decision {
  try {
    const { principal, action, image } = question
    const asker = toAsker(principal)
    if (!asker) return denied('nobody')
    const standing = toStanding(asker, image)
    const isSo = ({ when }: Wall | Grant): boolean => isTrue(when, asker.groups, standing)
    const wall = walls.find((one) => !isSo(one))
    if (wall) return denied(wall.id)
    const grant = grants.find((one) => one.actions.includes(action) && isSo(one))
    if (!grant) return denied('no-grant')
    return { allowed: true, by: grant.id, obligations: grant.obligations }
  } catch {
    return denied('error')
  }
}

/** A denial, by a wall or for want of a grant. */
export function denied(by: string): Decision {
  return { allowed: false, by }
}
