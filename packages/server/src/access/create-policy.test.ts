import { describe, expect, test } from 'vitest'
import { sampleRecord } from '../testing/store-samples.ts'
import { createPolicy } from './create-policy.ts'
import type { Policy } from './create-policy.ts'
import { actions } from '@lightfast/core'
import type { Principal } from './principal.ts'
import type { Grant } from './read-grants.ts'
import { all, any, everybody, inGroup, isPublic, not, owner, sameTenant } from './rules.ts'
import type { Rule } from './rules.ts'

const ada: Principal = { id: 'ada', tenantId: 'lovelace', groups: ['viewers'] }
const nobodyKnows: Principal = { id: 'zoe' }
const image = sampleRecord({ ownerId: 'ada', tenantId: 'lovelace', state: 'ready' })

const grantAll = (when: Rule, more: Partial<Grant> = {}): Grant => ({
  id: 'all',
  when,
  actions,
  ...more,
})
const within = (rule: object): object => ({ id: 'x', actions: ['view'], when: rule })
const policyOf = (...grants: readonly Grant[]): Policy => createPolicy({ grants })

describe('walls, which no grant overrides', () => {
  const generous = policyOf(grantAll(everybody()))
  const eve: Principal = { id: 'eve', tenantId: 'lovelace' }

  test.each<[name: string, principal: Principal, changes: object, by: string]>([
    ['another tenant', { ...eve, tenantId: 'babbage' }, {}, 'tenant'],
    ['an owner who has left for another tenant', { ...ada, tenantId: 'babbage' }, {}, 'tenant'],
    ['no tenant, where the image has one', { id: 'ada' }, {}, 'tenant'],
    [
      'an empty tenant, which equals nothing',
      { id: 'eve', tenantId: '' },
      { tenantId: '' },
      'tenant',
    ],
    [
      'a stranger to an image of no tenant',
      { id: 'eve', tenantId: null },
      { tenantId: null },
      'tenant',
    ],
    ['somebody else while it is unfinished', eve, { state: 'delivered' }, 'unfinished'],
    ['somebody else once it is rejected', eve, { state: 'rejected' }, 'unfinished'],
    ['its owner once it is deleted', ada, { state: 'deleted' }, 'deleted'],
    [
      'whoever has no id, though the owner has none either',
      { id: '' },
      { ownerId: '', tenantId: null },
      'nobody',
    ],
  ])('stop %s', async (_, principal, changes, by) => {
    for (const action of actions) {
      const decision = await generous.check(principal, action, { ...image, ...changes })
      expect(decision).toEqual({ allowed: false, by })
    }
  })

  test.each<[name: string, principal: Principal, changes: object]>([
    ['the owner of an unfinished image', ada, { state: 'requested' }],
    ['the owner of an image of no tenant, whichever the owner is of', ada, { tenantId: null }],
    ['a colleague', eve, {}],
  ])('let pass %s', async (_, principal, changes) => {
    const decision = await generous.check(principal, 'view', { ...image, ...changes })
    expect(decision).toEqual({ allowed: true, by: 'all', obligations: [] })
  })

  test('between tenants are gone only where an app says that it has none', async () => {
    const open = createPolicy({ grants: [grantAll(everybody())], tenants: 'none' })
    expect(await open.check(nobodyKnows, 'view', image)).toMatchObject({ allowed: true })
    expect(await open.scope(nobodyKnows, 'view')).toEqual([
      [{ ready: true }],
      [{ owner: 'zoe', is: true }],
    ])
  })
})

describe('grants', () => {
  test('allow what they name, and nothing else is allowed', async () => {
    const policy = policyOf(grantAll(owner(), { id: 'mine', actions: ['view', 'update'] }))
    const decisions = await Promise.all(actions.map((action) => policy.check(ada, action, image)))
    expect(decisions.map(({ by }) => by)).toEqual([
      'mine',
      'no-grant',
      'no-grant',
      'mine',
      'no-grant',
      'no-grant',
    ])
    expect(await policyOf().check(ada, 'view', image)).toEqual({ allowed: false, by: 'no-grant' })
    expect(await policyOf().scope(ada, 'view')).toEqual([])
  })

  test('with the fewest obligations decide; of equals the first', async () => {
    const policy = policyOf(
      { id: 'marked', when: everybody(), actions: ['view'], obligations: ['watermark'] },
      { id: 'plain', when: owner(), actions: ['view'] },
      { id: 'later', when: owner(), actions: ['view'] },
    )
    const colleague = { id: 'eve', tenantId: 'lovelace' }
    expect(await policy.check(ada, 'view', image)).toMatchObject({ by: 'plain', obligations: [] })
    expect(await policy.check(colleague, 'view', image)).toMatchObject({
      by: 'marked',
      obligations: ['watermark'],
    })
  })

  test.each<[string, Rule, boolean]>([
    ['owner', owner(), true],
    ['inGroup', inGroup('viewers'), true],
    ['inGroup of another group', inGroup('view'), false],
    ['inGroup of a name that every object has', inGroup('length'), false],
    ['sameTenant', sameTenant(), true],
    ['isPublic', isPublic(), false],
    ['everybody', everybody(), true],
    ['all', all(owner(), isPublic()), false],
    ['any', any(owner(), isPublic()), true],
    ['not', not(isPublic()), true],
    ['not of all', not(all(owner(), not(isPublic()))), false],
    ['not of any', not(any(isPublic(), inGroup('editors'))), true],
  ])('rest on rules: %s', async (_, when, allowed) => {
    expect(await policyOf(grantAll(when)).check(ada, 'view', image)).toMatchObject({ allowed })
  })

  test('are the same when they come from JSON, and cannot be changed afterwards', async () => {
    const grant = { ...grantAll(all(owner(), not(isPublic()))), actions: [...actions] }
    const policy = policyOf(JSON.parse(JSON.stringify(grant)), { ...grant, id: 'copied' })
    grant.actions.length = 0
    const decision = await policy.check(ada, 'delete', image)
    expect(decision).toMatchObject({ allowed: true })
    expect(() => decision.allowed && Object.assign(decision.obligations, ['watermark'])).toThrow(
      TypeError,
    )
    expect(await policy.check(ada, 'delete', { ...image, privacy: 'public' })).toMatchObject({
      allowed: false,
    })
  })
})

describe('what is no grant is refused when the policy is made', () => {
  test.each<[name: string, grant: object | null, message: string]>([
    ['no rule of ours', within({ type: 'friend' }), 'The grant "x" is none: when.type:'],
    ['a rule with a word too many', within({ type: 'owner', unless: 1 }), 'when.unless:'],
    ['a group without a name', within(inGroup('')), 'when.name:'],
    ['all of no rules, which would be true of everything', within(all()), 'when.rules:'],
    ['no action of ours', { ...within(owner()), actions: ['look'] }, 'actions.0:'],
    ['no action at all', { ...within(owner()), actions: [] }, 'actions:'],
    [
      'an obligation that nobody heeds',
      { ...within(owner()), obligations: ['pay'] },
      'obligations.0:',
    ],
    ['no id', { ...within(owner()), id: '' }, 'The grant "" is none: id:'],
    ['nothing', null, 'The grant number 1 is none'],
  ])('%s', (_, grant, message) => {
    expect(() => createPolicy(JSON.parse(JSON.stringify({ grants: [grant] })))).toThrow(message)
  })

  test('a rule that is a part of itself', () => {
    const rule = JSON.parse('{ "type": "not" }')
    rule.rule = rule
    expect(() => policyOf(grantAll(rule))).toThrow(
      'The grant "all" is none: its rule nests too deep',
    )
  })

  test('two of one name', () => {
    expect(() => policyOf(grantAll(owner()), grantAll(everybody()))).toThrow('two grants "all"')
  })

  test('a word for tenants that is none', () => {
    expect(() => createPolicy(JSON.parse('{ "grants": [], "tenants": "no" }'))).toThrow(TypeError)
  })
})

describe('what cannot be decided is denied', () => {
  const generous = createPolicy({ grants: [grantAll(everybody())], tenants: 'none' })

  test.each<[name: string, principal: string]>([
    ['no principal', 'null'],
    ['an id that is no string', '{ "id": 7 }'],
    [
      'groups that are one string, in which a name could be found',
      '{ "id": "ada", "groups": "all" }',
    ],
    ['a tenant that is no string', '{ "id": "ada", "tenantId": 0 }'],
  ])('%s', async (_, json) => {
    const principal = JSON.parse(json)
    expect(await generous.check(principal, 'view', image)).toEqual({ allowed: false, by: 'error' })
    expect(await generous.scope(principal, 'view')).toEqual([])
    expect(generous.explain(principal, 'view', image)).toMatchObject({
      decision: { allowed: false, by: 'error' },
      grants: [],
    })
  })

  test('no image', async () => {
    expect(await generous.check(ada, 'view', JSON.parse('null'))).toMatchObject({ by: 'error' })
  })

  test('an image without facts', async () => {
    const walled = policyOf(grantAll(everybody()))
    expect(await walled.check(ada, 'view', JSON.parse('{}'))).toMatchObject({ allowed: false })
  })
})

describe('a scope says in few clauses what a grant allows, the columns with an index first', () => {
  const mine = { owner: 'ada', is: true }
  const ours = { tenant: 'lovelace', is: true }
  const nobodys = { tenant: null, is: true }

  test.each<[name: string, when: Rule, scope: object]>([
    [
      'the owner’s',
      owner(),
      [
        [mine, ours],
        [mine, nobodys],
      ],
    ],
    [
      'the tenant’s',
      sameTenant(),
      [
        [ours, { ready: true }],
        [mine, ours],
      ],
    ],
    [
      'public ones',
      all(isPublic(), not(owner())),
      [[ours, { owner: 'ada', is: false }, { privacy: 'public' }, { ready: true }]],
    ],
    ['of a group that the principal is not in', inGroup('editors'), []],
    ['of a contradiction', all(owner(), not(owner())), []],
  ])('%s', async (_, when, scope) => {
    expect(await policyOf(grantAll(when)).scope(ada, 'view')).toEqual(scope)
  })

  test('the same clauses in the same order, whichever way it was written', async () => {
    const one = any(owner(), all(sameTenant(), isPublic()))
    const other = not(all(any(not(isPublic()), not(sameTenant())), not(owner())))
    const scopes = [one, other].map((when) => policyOf(grantAll(when)).scope(ada, 'view'))
    expect(await scopes[0]).toEqual(await scopes[1])
  })

  test('and a policy of a hundred nested rules is no longer', async () => {
    const deep = Array.from({ length: 100 }).reduce<Rule>(
      (rule, _, at) =>
        at % 2 ? any(all(rule, isPublic()), owner()) : not(all(rule, sameTenant())),
      sameTenant(),
    )
    const scope = await policyOf(grantAll(deep)).scope(ada, 'view')
    expect(scope.length).toBeLessThan(6)
  })
})
