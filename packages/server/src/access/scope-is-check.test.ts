import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { expectScopeIsCheck } from '../test-support/expect-scope-is-check.ts'
import { knownGroups, policies } from '../test-support/arbitrary-policy.ts'
import { fillStore, principalsIn } from '../testing/access-worlds.ts'
import { describePolicyEngine } from '../testing/describe-policy-engine.ts'
import { NOON } from '../testing/store-samples.ts'
import { createPolicy } from './create-policy.ts'
import { createDefaultPolicy } from './default-policy.ts'
import { all, any, inGroup, isPublic, not, owner, sameTenant } from './rules.ts'

describePolicyEngine('the default policy', () => createDefaultPolicy(), {
  groups: ['image_viewer', 'image_admin'],
})
describePolicyEngine(
  'a policy of many rules',
  () =>
    createPolicy({
      tenants: 'none',
      grants: [
        { id: 'mine', when: owner(), actions: ['view', 'delete'] },
        { id: 'shown', when: all(isPublic(), not(inGroup('banned'))), actions: ['view', 'share'] },
        { id: 'odd', when: any(all(sameTenant(), not(owner())), isPublic()), actions: ['update'] },
      ],
    }),
  { groups: ['banned'] },
)

test('whatever the policy, the store in memory lists by its scope what its check allows', async () => {
  const store = createMemoryStore({ now: () => NOON })
  await fillStore(store)
  await expectScopeIsCheck(store, { runs: 500 })
})

test('however a policy nests, a scope is short, and says nothing twice', async () => {
  const questions = fc.tuple(policies, principalsIn(knownGroups))
  const property = fc.asyncProperty(questions, async ([policy, principal]) => {
    const scope = await policy.scope(principal, 'view')
    expect(scope.length).toBeLessThanOrEqual(8)
    const clauses = scope.map((clause) => clause.map((literal) => JSON.stringify(literal)))
    expect(new Set(clauses.map((clause) => clause.toSorted().join())).size).toBe(clauses.length)
    for (const one of clauses) {
      const absorbed = clauses.some((other) => other !== one && other.every((l) => one.includes(l)))
      expect(absorbed).toBe(false)
    }
  })
  await fc.assert(property, { numRuns: 500 })
})
