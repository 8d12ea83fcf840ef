import * as fc from 'fast-check'
import { expect } from 'vitest'
import { actions } from '@lightfast/core'
import { principalsIn } from '../testing/access-worlds.ts'
import { filterByCheck, listByScope } from '../testing/describe-policy-engine.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { knownGroups, policies } from './arbitrary-policy.ts'

/** Asks random policies about every kind of image in a store, which lists exactly what they allow. */
export async function expectScopeIsCheck(
  store: ImagesStore,
  { runs }: { readonly runs: number },
): Promise<void> {
  const sizes = { none: 0, some: 0, most: 0 }
  const questions = fc.record({
    policy: policies,
    principal: principalsIn(knownGroups),
    action: fc.constantFrom(...actions),
  })
  const property = fc.asyncProperty(questions, async ({ policy, ...question }) => {
    const allowed = await filterByCheck(policy, question)
    expect(await listByScope(store, policy, question)).toEqual(allowed)
    sizes[allowed.length === 0 ? 'none' : allowed.length < 100 ? 'some' : 'most'] += 1
  })
  await fc.assert(property, { numRuns: runs })
  // Worlds in which nothing is allowed, or everything, would prove little.
  expect(sizes.some).toBeGreaterThan(runs / 10)
  expect(sizes.most).toBeGreaterThan(0)
}
