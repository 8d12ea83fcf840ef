import { describe, expect, test } from 'vitest'
import { describePolicyEngine } from '../testing/describe-policy-engine.ts'
import { NOON, sampleRecord } from '../testing/store-samples.ts'
import { auditDecisions } from './audit-decisions.ts'
import type { AuditDecisionsOptions, AuditedDecision } from './audit-decisions.ts'
import { createDefaultPolicy } from './default-policy.ts'
import type { PolicyEngine } from './policy-engine.ts'

const ada = { id: 'ada', tenantId: 'lovelace' }
const eve = { id: 'eve', tenantId: 'babbage' }
const image = sampleRecord({ id: 'image', state: 'ready' })
const policy = createDefaultPolicy()
const parse = (json: string) => async () => JSON.parse(json)

function listen(options: Partial<AuditDecisionsOptions> = {}) {
  const told: AuditedDecision[] = []
  const onDecision = (decision: AuditedDecision) => told.push(decision)
  return { told, options: { now: () => NOON, random: () => 0.5, onDecision, ...options } }
}

describePolicyEngine(
  'the default policy, audited',
  () => auditDecisions(policy, listen().options),
  {
    groups: ['image_viewer', 'image_admin'],
    runs: 20,
  },
)

test('tells of every denial: who, what, which image, by what, and when', async () => {
  const { told, options } = listen()
  const engine = auditDecisions(policy, options)
  expect(await engine.check(eve, 'view', image)).toEqual({ allowed: false, by: 'tenant' })
  expect(told).toEqual([
    {
      principalId: 'eve',
      action: 'view',
      imageId: 'image',
      allowed: false,
      by: 'tenant',
      at: NOON,
    },
  ])
})

test('tells of such a share of what is allowed as it is asked to', async () => {
  for (const [sampleAllowed, count] of [
    [undefined, 0],
    [0, 0],
    [0.5, 0],
    [0.6, 1],
    [1, 1],
  ] as const) {
    const { told, options } = listen(sampleAllowed === undefined ? {} : { sampleAllowed })
    await auditDecisions(policy, options).check(ada, 'delete', image)
    expect(told).toHaveLength(count)
  }
})

test('answers as the engine does, obligations and all', async () => {
  const marked = createDefaultPolicy({ watermark: 'viewers' })
  const bob = { id: 'bob', tenantId: 'lovelace' }
  const engine = auditDecisions(marked, listen().options)
  expect(await engine.check(bob, 'view', image)).toEqual(await marked.check(bob, 'view', image))
  expect(await engine.scope(bob, 'view')).toEqual(await marked.scope(bob, 'view'))
})

describe('an engine that breaks its promises is told of, and denies', () => {
  const error = new Error('The engine is down.')
  const throwing = (): never => {
    throw error
  }
  const yes = '{ "allowed": true, "by": "x"'

  test.each<[name: string, engine: PolicyEngine]>([
    ['rejects', { check: () => Promise.reject(error), scope: () => Promise.reject(error) }],
    ['throws', { check: throwing, scope: throwing }],
    ['answers nothing', { check: parse('null'), scope: parse('null') }],
    ['says yes in another way', { check: parse('true'), scope: parse('"all"') }],
    [
      'says yes in a string',
      { check: parse('{ "allowed": "yes", "by": "x" }'), scope: parse('[{}]') },
    ],
    ['does not say which obligations', { check: parse(`${yes} }`), scope: parse('[[{}]]') }],
    [
      'asks for what nobody here can do',
      {
        check: parse(`${yes}, "obligations": ["pay"] }`),
        scope: parse('[[{ "kind": "photo" }]]'),
      },
    ],
  ])('%s', async (_, broken) => {
    const { told, options } = listen({ sampleAllowed: 1 })
    const engine = auditDecisions(broken, options)
    expect(await engine.check(ada, 'view', image)).toEqual({ allowed: false, by: 'error' })
    expect(await engine.scope(ada, 'view')).toEqual([])
    const denial = { principalId: 'ada', action: 'view', allowed: false, by: 'error', at: NOON }
    const cause = expect.any(Error)
    expect(told).toEqual([
      { ...denial, imageId: 'image', cause },
      { ...denial, imageId: null, cause },
    ])
  })

  test('takes too long, and is not heard when it answers after all', async () => {
    const times: { readonly run: () => void; readonly ms: number }[] = []
    const schedule = (run: () => void, ms: number) => {
      times.push({ run, ms })
      return () => undefined
    }
    const answers: (() => void)[] = []
    const slow: PolicyEngine = {
      ...policy,
      check: () =>
        new Promise((resolve) =>
          answers.push(() => resolve({ allowed: true, by: 'late', obligations: [] })),
        ),
    }
    const { told, options } = listen({ schedule, decideWithinMs: 50 })
    const decision = auditDecisions(slow, options).check(ada, 'view', image)
    for (const { run } of times) run()
    for (const answer of answers) answer()
    expect(times.map(({ ms }) => ms)).toEqual([50])
    expect(await decision).toEqual({ allowed: false, by: 'error' })
    expect(told).toMatchObject([{ cause: { message: 'The engine did not answer within 50 ms.' } }])
  })
})

test('leaves no timer behind', async () => {
  let running = 0
  const schedule = () => {
    running += 1
    return () => void (running -= 1)
  }
  const engine = auditDecisions(policy, listen({ schedule }).options)
  await engine.check(ada, 'view', image)
  await engine.scope(ada, 'view')
  expect(running).toBe(0)
})

test.each<[string, AuditDecisionsOptions['onDecision']]>([
  [
    'throws',
    () => {
      throw new Error('The audit is full.')
    },
  ],
  ['rejects', () => Promise.reject(new Error('The audit is full.'))],
  ['never ends', () => new Promise(() => undefined)],
])('decides though whoever listens %s', async (_, onDecision) => {
  const engine = auditDecisions(policy, { onDecision, sampleAllowed: 1 })
  expect(await engine.check(ada, 'view', image)).toMatchObject({ allowed: true })
  expect(await engine.check(eve, 'view', image)).toMatchObject({ allowed: false })
})

test('refuses a share and a time that are none', () => {
  expect(() => auditDecisions(policy, listen({ sampleAllowed: 2 }).options)).toThrow(RangeError)
  expect(() => auditDecisions(policy, listen({ decideWithinMs: 0 }).options)).toThrow(RangeError)
})
