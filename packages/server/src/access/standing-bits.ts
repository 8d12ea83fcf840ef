/**
 * The second compiler of rules. An image that is not deleted stands to an asker in one of 24 ways, so a rule is a set of them: 24
 * bits, on which `all`, `any` and `not` are `&`, `|` and `~`.
 */
import type { Rule, SimpleRule } from './rules.ts'
import type { Standing } from './standing.ts'

/** A set of standings, one bit each. */
export type Standings = number

const standings: readonly Standing[] = [true, false].flatMap((owned) =>
  (['same', 'none', 'other'] as const).flatMap((tenant) =>
    (['private', 'public'] as const).flatMap((privacy) =>
      (['ready', 'unfinished'] as const).map((state) => ({ owned, tenant, privacy, state })),
    ),
  ),
)

/** Picks the standings of which something is true. */
export const where = (isIn: (standing: Standing) => boolean): Standings =>
  standings.reduce((bits, standing, at) => (isIn(standing) ? bits | (1 << at) : bits), 0)

export const everyStanding: Standings = where(() => true)

const simple: Readonly<Record<SimpleRule, Standings>> = {
  owner: where(({ owned }) => owned),
  'same-tenant': where(({ tenant }) => tenant === 'same'),
  'no-tenant': where(({ tenant }) => tenant === 'none'),
  public: where(({ privacy }) => privacy === 'public'),
  ready: where(({ state }) => state === 'ready'),
  deleted: 0,
  everybody: everyStanding,
}

/** The standings in which a rule is true, for a member of these groups. */
export function toStandings(rule: Rule, groups: readonly string[]): Standings {
  switch (rule.type) {
    case 'in-group':
      return groups.includes(rule.name) ? everyStanding : 0
    case 'all':
      return rule.rules.reduce((bits, one) => bits & toStandings(one, groups), everyStanding)
    case 'any':
      return rule.rules.reduce((bits, one) => bits | toStandings(one, groups), 0)
    case 'not':
      return everyStanding & ~toStandings(rule.rule, groups)
    default:
      return simple[rule.type]
  }
}
