import { isTrue } from './is-true.ts'
import type { Rule, SimpleRule } from './rules.ts'
import type { Standing } from './standing.ts'

/** A rule of one decision. */
export interface ExplainedRule {
  readonly type: Rule['type']
  readonly is: boolean
  /** In words. Nobody else's id is in them. */
  readonly why: string
  /** The rules that it is made of. */
  readonly of: readonly ExplainedRule[]
}

/** Tells whether a rule is true of an image, and why. */
export function explainRule(
  rule: Rule,
  groups: readonly string[],
  standing: Standing,
): ExplainedRule {
  const of = toParts(rule).map((one) => explainRule(one, groups, standing))
  const is = isTrue(rule, groups, standing)
  return { type: rule.type, is, why: toWhy(rule, is, of), of }
}

function toParts(rule: Rule): readonly Rule[] {
  if ('rules' in rule) return rule.rules
  return 'rule' in rule ? [rule.rule] : []
}

function toWhy(rule: Rule, is: boolean, of: readonly ExplainedRule[]): string {
  switch (rule.type) {
    case 'in-group':
      return `the principal is ${is ? '' : 'not '}in the group ${JSON.stringify(rule.name)}`
    case 'all':
    case 'any':
    case 'not':
      return joinDeciding(of, rule.type === 'not' ? !is : is)
    default:
      return words[rule.type][is ? 0 : 1]
  }
}

/** Those that made it so: all that agree with the outcome. */
function joinDeciding(of: readonly ExplainedRule[], is: boolean): string {
  const whys = of.filter((one) => one.is === is).map(({ why }) => why)
  return [...new Set(whys)].join(', ')
}

const words: Readonly<Record<SimpleRule, readonly [yes: string, no: string]>> = {
  owner: ['the image is the principal’s own', 'the image is not the principal’s own'],
  'same-tenant': [
    'the image is of the principal’s tenant',
    'the image is not of the principal’s tenant',
  ],
  'no-tenant': ['the image is of no tenant', 'the image is of a tenant'],
  public: ['the image is public', 'the image is private'],
  ready: ['the image is ready', 'the image is not ready'],
  deleted: ['the image is deleted', 'the image is not deleted'],
  everybody: ['it is for everybody', 'it is for everybody'],
}
