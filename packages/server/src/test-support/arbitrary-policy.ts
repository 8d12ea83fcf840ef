import * as fc from 'fast-check'
import { createPolicy } from '../access/create-policy.ts'
import type { Policy } from '../access/create-policy.ts'
import { actions } from '@lightfast/core'
import type { Grant } from '../access/read-grants.ts'
import { simpleRules } from '../access/rules.ts'
import type { Rule } from '../access/rules.ts'

export const knownGroups = ['editors', 'viewers']

/** Rules of every kind, within each other. */
const rules: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.record({ type: fc.constantFrom(...simpleRules) }),
    fc.record({ type: fc.constant('in-group' as const), name: fc.constantFrom(...knownGroups) }),
    fc.record({ type: fc.constant('not' as const), rule: tie('rule') }),
    fc.record({
      type: fc.constantFrom('all' as const, 'any' as const),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).rule

const grants: fc.Arbitrary<readonly Grant[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    when: rules,
    actions: fc.subarray([...actions], { minLength: 1 }),
    obligations: fc.subarray(['watermark' as const]),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
)

/** Policies of any grants, with and without walls between tenants. */
export const policies: fc.Arbitrary<Policy> = fc
  .record({ grants, tenants: fc.constantFrom('walled' as const, 'none' as const) })
  .map(createPolicy)
