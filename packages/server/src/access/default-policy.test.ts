/** The expected cells are written by hand, and know nothing of the policy. Whatever is changed in it, a cell notices. */
import { describe, expect, test } from 'vitest'
import { sampleRecord } from '../testing/store-samples.ts'
import { toPolicy } from './create-policy.ts'
import type { PolicyParts } from './decide.ts'
import { createDefaultPolicy, listDefaultGrants } from './default-policy.ts'
import { actions } from '@lightfast/core'
import type { Action } from '@lightfast/core'
import type { Decision, ImageFacts, PolicyEngine } from './policy-engine.ts'
import type { Principal } from './principal.ts'
import { readGrants } from './read-grants.ts'
import { everybody, not } from './rules.ts'
import { toWalls } from './walls.ts'
import type { Tenants } from './walls.ts'

const viewer = ['image_viewer']
const admin = ['image_admin']

const principals = {
  owner: { id: 'ada', tenantId: 'lovelace' },
  'owner, gone to babbage': { id: 'ada', tenantId: 'babbage' },
  'owner of no tenant': { id: 'ada' },
  colleague: { id: 'bob', tenantId: 'lovelace' },
  viewer: { id: 'vic', tenantId: 'lovelace', groups: viewer },
  admin: { id: 'amy', tenantId: 'lovelace', groups: admin },
  stranger: { id: 'eve', tenantId: 'babbage' },
  'viewer of babbage': { id: 'eli', tenantId: 'babbage', groups: viewer },
  'admin of babbage': { id: 'eno', tenantId: 'babbage', groups: admin },
  'of no tenant': { id: 'zoe' },
  'viewer of no tenant': { id: 'zac', groups: viewer },
  'admin of no tenant': { id: 'zed', groups: admin },
  'member of other groups': { id: 'bea', tenantId: 'babbage', groups: ['image', 'viewer'] },
} satisfies Record<string, Principal>

const facts = { id: 'image', ownerId: 'ada', tenantId: 'lovelace', privacy: 'private' } as const
const images = {
  ready: sampleRecord({ ...facts, state: 'ready' }),
  public: sampleRecord({ ...facts, state: 'ready', privacy: 'public' }),
  unfinished: sampleRecord({ ...facts, state: 'pending' }),
  deleted: sampleRecord({ ...facts, state: 'deleted' }),
  'of no tenant': sampleRecord({ ...facts, state: 'ready', tenantId: null }),
} satisfies Record<string, ImageFacts>

const roles = Object.keys(principals).filter((key) => isKeyOf(principals, key))
const names = Object.keys(images).filter((key) => isKeyOf(images, key))
const questions = roles.flatMap((role) =>
  names.flatMap((name) => actions.map((action) => ({ role, name, action }))),
)

/** What each may do to an image. `marked`: view it, with a watermark where the policy asks for them. */
type May = 'everything' | 'marked' | 'nothing'
type Cells = Readonly<Record<keyof typeof images, May>>
type Table = Readonly<Record<keyof typeof principals, Cells>>

const nowhere = cells('nothing', 'nothing', 'nothing', 'nothing', 'nothing')

// ready, public, unfinished, deleted, of no tenant
const walled: Table = {
  owner: cells('everything', 'everything', 'everything', 'nothing', 'everything'),
  'owner, gone to babbage': cells('nothing', 'nothing', 'nothing', 'nothing', 'everything'),
  'owner of no tenant': cells('nothing', 'nothing', 'nothing', 'nothing', 'everything'),
  colleague: cells('marked', 'marked', 'nothing', 'nothing', 'nothing'),
  viewer: cells('marked', 'marked', 'nothing', 'nothing', 'nothing'),
  admin: cells('everything', 'everything', 'nothing', 'nothing', 'nothing'),
  stranger: nowhere,
  'viewer of babbage': nowhere,
  'admin of babbage': nowhere,
  'of no tenant': nowhere,
  'viewer of no tenant': nowhere,
  'admin of no tenant': nowhere,
  'member of other groups': nowhere,
}

const seesAll = cells('marked', 'marked', 'nothing', 'nothing', 'marked')
const doesAll = cells('everything', 'everything', 'nothing', 'nothing', 'everything')
const owns = cells('everything', 'everything', 'everything', 'nothing', 'everything')

const unwalled: Table = {
  ...walled,
  owner: owns,
  'owner, gone to babbage': owns,
  'owner of no tenant': owns,
  viewer: seesAll,
  'viewer of babbage': seesAll,
  'viewer of no tenant': seesAll,
  admin: doesAll,
  'admin of babbage': doesAll,
  'admin of no tenant': doesAll,
}

const tables = { walled, none: unwalled } satisfies Record<Tenants, Table>

describe.each(['walled', 'none'] as const)('tenants: %s', (tenants) => {
  test.each(['viewers', 'none'] as const)(
    'every cell is as written, watermark: %s',
    async (mark) => {
      const policy = createDefaultPolicy({ tenants, watermark: mark })
      expect(await findWrong(policy, tables[tenants], mark)).toEqual([])
    },
  )
})

describe('a cell notices', () => {
  const mutants = (['walled', 'none'] as const).flatMap(toMutants)

  test.each([...new Set(mutants.map(({ name }) => name))])('%s', async (name) => {
    const found = await Promise.all(
      mutants
        .filter((mutant) => mutant.name === name)
        .map(({ tenants, parts }) => findWrong(toPolicy(parts), tables[tenants], 'viewers')),
    )
    expect(found.flat().length).toBeGreaterThan(0)
  })

  test('and there are mutants of every grant and wall', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(4 * 5 + 3 * 3)
  })
})

test('two groups of one name are refused, and so is a word that would take a mark away', () => {
  expect(() => createDefaultPolicy({ adminGroup: 'image_viewer' })).toThrow('two groups')
  expect(() => createDefaultPolicy({ viewerGroup: '' })).toThrow('The grant "viewer" is none')
  expect(() => createDefaultPolicy(JSON.parse('{ "watermark": "all" }'))).toThrow('watermark')
})

test('groups go by the names that an app gives them', async () => {
  const policy = createDefaultPolicy({ viewerGroup: 'see', adminGroup: 'run', tenants: 'none' })
  const ask = (groups: string[], action: Action) =>
    policy.check({ id: 'x', groups }, action, images.ready)
  expect(await ask(['see'], 'view')).toMatchObject({ by: 'viewer' })
  expect(await ask(['run'], 'delete')).toMatchObject({ by: 'admin' })
  expect(await ask([...viewer, ...admin], 'view')).toMatchObject({ allowed: false })
})

interface Mutant {
  readonly name: string
  readonly tenants: Tenants
  readonly parts: PolicyParts
}

/** The policy with one thing wrong: a grant or wall taken away or turned around, or a grant that gives too much. */
function toMutants(tenants: Tenants): Mutant[] {
  const parts = {
    walls: toWalls(tenants),
    grants: readGrants(listDefaultGrants({ watermark: 'viewers' })),
  }
  return [
    ...mutateEach(parts.grants, grantMutations).map(({ name, changed }) => ({
      name: `a grant ${name}`,
      tenants,
      parts: { ...parts, grants: changed },
    })),
    ...mutateEach(parts.walls, ruleMutations).map(({ name, changed }) => ({
      name: `a wall ${name}`,
      tenants,
      parts: { ...parts, walls: changed },
    })),
  ]
}

type Mutations<One> = Readonly<Record<string, (one: One) => readonly One[]>>

function mutateEach<One extends { readonly id: string }>(
  list: readonly One[],
  mutations: Mutations<One>,
): { readonly name: string; readonly changed: readonly One[] }[] {
  return list.flatMap((one) =>
    Object.entries(mutations).map(([what, mutate]) => ({
      name: `${what}: ${one.id}`,
      changed: list.flatMap((other) => (other === one ? mutate(one) : [other])),
    })),
  )
}

const ruleMutations = {
  'taken away': () => [],
  'true of everything': (one) => [{ ...one, when: everybody() }],
  'true of nothing': (one) => [{ ...one, when: not(everybody()) }],
} satisfies Mutations<PolicyParts['walls'][number]>

const grantMutations: Mutations<PolicyParts['grants'][number]> = {
  'taken away': () => [],
  'true of everything': (one) => [{ ...one, when: everybody() }],
  'true of nothing': (one) => [{ ...one, when: not(everybody()) }],
  'of other actions': (one) => [
    { ...one, actions: one.actions.length === 1 ? actions : ['view' as const] },
  ],
  'with other obligations': (one) => [
    { ...one, obligations: one.obligations.length === 0 ? (['watermark'] as const) : [] },
  ],
}

/** The cells in which a policy differs from a table. */
async function findWrong(
  policy: PolicyEngine,
  table: Table,
  mark: 'viewers' | 'none',
): Promise<readonly string[]> {
  const asked = questions.map(async ({ role, name, action }) => {
    const decision = await policy.check(principals[role], action, images[name])
    const isAsWritten = toWord(decision) === toExpected(table[role][name], action, mark)
    return isAsWritten ? [] : [`${role}: ${action} ${name}`]
  })
  return (await Promise.all(asked)).flat()
}

function toWord(decision: Decision): string {
  return decision.allowed ? `yes ${decision.obligations.join()}` : 'no'
}

function toExpected(may: May, action: Action, mark: 'viewers' | 'none'): string {
  if (may === 'everything') return 'yes '
  if (may === 'marked' && action === 'view') return mark === 'viewers' ? 'yes watermark' : 'yes '
  return 'no'
}

function cells(ready: May, open: May, unfinished: May, deleted: May, ofNoTenant: May): Cells {
  return { ready, public: open, unfinished, deleted, 'of no tenant': ofNoTenant }
}

function isKeyOf<Thing extends object>(thing: Thing, key: PropertyKey): key is keyof Thing {
  return Object.hasOwn(thing, key)
}
