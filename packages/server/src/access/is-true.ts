import type { Rule, SimpleRule } from './rules.ts'
import type { Standing } from './standing.ts'

/** Evaluates a rule on one image, for a member of these groups. */
export function isTrue(rule: Rule, groups: readonly string[], standing: Standing): boolean {
  switch (rule.type) {
    case 'in-group':
      return groups.includes(rule.name)
    case 'all':
      return rule.rules.every((one) => isTrue(one, groups, standing))
    case 'any':
      return rule.rules.some((one) => isTrue(one, groups, standing))
    case 'not':
      return !isTrue(rule.rule, groups, standing)
    default:
      return isSimplyTrue(rule.type, standing)
  }
}

function isSimplyTrue(type: SimpleRule, { owned, tenant, privacy, state }: Standing): boolean {
  switch (type) {
    case 'owner':
      return owned
    case 'same-tenant':
      return tenant === 'same'
    case 'no-tenant':
      return tenant === 'none'
    case 'public':
      return privacy === 'public'
    case 'ready':
    case 'deleted':
      return state === type
    case 'everybody':
      return true
    default:
      throw new TypeError(`There is no rule "${String(type satisfies never)}".`)
  }
}
