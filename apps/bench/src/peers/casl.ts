/** The default policy, with its walls, as CASL says it. An ability is of one person: an app makes one for each request. */
import { AbilityBuilder, createMongoAbility, subject } from '@casl/ability'
import type { MongoAbility } from '@casl/ability'
import { rulesToCondition } from '@casl/ability/extra'
import type { Case } from '../timing/time-calls.ts'
import { ada, images, inTurn } from './policy-questions.ts'

const check: Case = {
  async prepare() {
    const ability = createAbility()
    return { call: inTurn(async (at) => ability.can('view', subjects[at] ?? 'none')) }
  },
}

const checkOnce: Case = {
  async prepare() {
    return { call: inTurn(async (at) => createAbility().can('view', subjects[at] ?? 'none')) }
  },
}

const scope: Case = {
  async prepare() {
    const ability = createAbility()
    return { call: async () => toQuery(ability) }
  },
}

const scopeOnce: Case = {
  async prepare() {
    return { call: async () => toQuery(createAbility()) }
  },
}

export const cases = { check, checkOnce, scope, scopeOnce }

const subjects = images.map(({ facts }) => subject('Image', { ...facts }))

function createAbility(): MongoAbility {
  const { can, cannot, build } = new AbilityBuilder(createMongoAbility)
  const { id, tenantId, groups } = ada
  const everything = ['view', 'viewOriginal', 'share', 'update', 'delete', 'administer']
  can(everything, 'Image', { ownerId: id, tenantId })
  can(everything, 'Image', { ownerId: id, tenantId: null })
  if (groups.includes('image_admin')) can(everything, 'Image', { tenantId, state: 'ready' })
  if (groups.includes('image_viewer')) can('view', 'Image', { tenantId, state: 'ready' })
  can('view', 'Image', { tenantId, state: 'ready' })
  cannot(everything, 'Image', { state: 'deleted' })
  return build()
}

/** As one would hand it to MongoDB. */
function toQuery(ability: MongoAbility): object | null {
  return rulesToCondition(
    ability.rulesFor('view', 'Image'),
    ({ conditions = {}, inverted }): object => (inverted ? { $nor: [conditions] } : conditions),
    {
      and: (all): object => ({ $and: all }),
      or: (some): object => ({ $or: some }),
      empty: (): object => ({}),
    },
  )
}
