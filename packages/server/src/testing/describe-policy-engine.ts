/** What every `PolicyEngine` promises, as tests: for engines of your own. */
import { actions, imageStates } from '@lightfast/core'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Action } from '@lightfast/core'
import type { PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { everyKindOfImage, fillStore, principalsIn } from './access-worlds.ts'
import { NOON } from './store-samples.ts'

export interface DescribePolicyEngineOptions {
  /** Groups that the engine knows: it is asked by their members too. @default none */
  readonly groups?: readonly string[]
  /** @default 100 */
  readonly runs?: number
}

/** Describes an engine; each run asks a fresh one. */
export function describePolicyEngine(
  name: string,
  makeEngine: () => PolicyEngine | Promise<PolicyEngine>,
  { groups = [], runs: numRuns = 100 }: DescribePolicyEngineOptions = {},
): void {
  const questions = fc.tuple(principalsIn(groups), fc.constantFrom(...actions))
  describe(name, () => {
    let store: ImagesStore
    beforeAll(async () => {
      store = createMemoryStore({ now: () => NOON })
      await fillStore(store)
    })

    test('a list by its scope holds exactly those images for which it allows the action', async () => {
      const property = fc.asyncProperty(questions, async ([principal, action]) => {
        const engine = await makeEngine()
        const question = { principal, action }
        expect(await listByScope(store, engine, question)).toEqual(
          await filterByCheck(engine, question),
        )
      })
      await fc.assert(property, { numRuns })
    })

    test('denies whoever has no id, and an action that there is not, and rejects neither', async () => {
      const engine = await makeEngine()
      const nobody: Principal = { id: '', tenantId: null, groups }
      const unknown: Action = JSON.parse('"toString"')
      for (const image of everyKindOfImage) {
        expect(await engine.check(nobody, 'view', image)).toMatchObject({ allowed: false })
        const known: Principal = { id: image.ownerId, tenantId: image.tenantId, groups }
        expect(await engine.check(known, unknown, image)).toMatchObject({ allowed: false })
      }
      expect(await engine.scope(nobody, 'view')).toEqual([])
      expect(await engine.scope({ id: 'ada', groups }, unknown)).toEqual([])
    })
  })
}

interface Question {
  readonly principal: Principal
  readonly action: Action
}

/** A list leaves out by itself what was deleted. */
const shown = imageStates.filter((state) => state !== 'deleted')

/** The ids that a store lists for who asks, in any order. */
export async function listByScope(
  store: ImagesStore,
  engine: PolicyEngine,
  { principal, action }: Question,
): Promise<readonly string[]> {
  const scope = await engine.scope(principal, action)
  const records = await store.records.list({ scope, states: shown, limit: everyKindOfImage.length })
  return records.map(({ id }) => id).toSorted()
}

/** The ids of those images for which the action is allowed, in any order; of those that a list shows. */
export async function filterByCheck(
  engine: PolicyEngine,
  { principal, action }: Question,
): Promise<readonly string[]> {
  const decided = await Promise.all(
    everyKindOfImage
      .filter(({ state }) => state !== 'deleted')
      .map(async (image) => ({
        id: image.id,
        ...(await engine.check(principal, action, image)),
      })),
  )
  return decided
    .filter(({ allowed }) => allowed)
    .map(({ id }) => id)
    .toSorted()
}
