import { expect, test } from 'vitest'
import { sampleRecord } from '../testing/store-samples.ts'
import { createPolicy } from './create-policy.ts'
import { createDefaultPolicy } from './default-policy.ts'
import { all, any, everybody, inGroup, isPublic, not, owner } from './rules.ts'

const policy = createDefaultPolicy({ watermark: 'viewers' })
const image = sampleRecord({
  id: 'image-1',
  ownerId: 'ada-the-secret-owner',
  tenantId: 'secret-tenant',
  state: 'ready',
})
const eve = { id: 'eve', tenantId: 'secret-tenant', groups: ['image_viewer'] }

test('tells which walls were passed, and what each grant made of it', () => {
  const explained = policy.explain(eve, 'view', image)
  expect(explained.text).toBe(
    [
      '"eve" may view "image-1", by viewer',
      '  wall deleted: passed, the image is not deleted',
      '  wall tenant: passed, the image is of the principal’s tenant',
      '  wall unfinished: passed, the image is ready',
      '  grant "owner": does not allow, the image is not the principal’s own',
      '  grant "admin": does not allow, the principal is not in the group "image_admin"',
      '  grant "viewer": allows with watermark, the principal is in the group "image_viewer"',
      '  grant "tenant": allows with watermark, the image is of the principal’s tenant',
    ].join('\n'),
  )
  expect(explained.grants.map(({ id, rule }) => [id, rule.is])).toEqual([
    ['owner', false],
    ['admin', false],
    ['viewer', true],
    ['tenant', true],
  ])
})

test('tells which wall stopped it, and which grants do not speak of the action', () => {
  const stranger = { ...eve, tenantId: 'babbage' }
  const { decision, text } = policy.explain(stranger, 'delete', { ...image, state: 'parked' })
  expect(decision).toEqual({ allowed: false, by: 'tenant' })
  expect(text).toContain('"eve" may not delete "image-1", by tenant')
  expect(text).toContain('wall unfinished: stops, the image is not ready, the image is not the')
  expect(text).toContain('grant "viewer": not of this action')
})

test('names nobody but who asks: neither the owner nor the tenant of the image', () => {
  for (const tenantId of ['babbage', null]) {
    const explained = policy.explain({ ...eve, tenantId }, 'view', image)
    expect(JSON.stringify(explained)).not.toMatch(/secret/)
  }
})

test('is plain data, rule by rule', () => {
  const when = any(all(owner(), not(isPublic())), inGroup('editors'), everybody())
  const { explain } = createPolicy({ grants: [{ id: 'odd', when, actions: ['view'] }] })
  const { grants } = JSON.parse(JSON.stringify(explain(eve, 'view', image)))
  expect(grants[0].rule).toMatchObject({
    type: 'any',
    is: true,
    why: 'it is for everybody',
    of: [
      {
        type: 'all',
        is: false,
        why: 'the image is not the principal’s own',
        of: [{ is: false }, { type: 'not', is: true, of: [{ type: 'public', is: false }] }],
      },
      { type: 'in-group', is: false },
      { type: 'everybody', is: true },
    ],
  })
})

test('decides as the policy decides', async () => {
  for (const action of ['view', 'delete'] as const) {
    expect(policy.explain(eve, action, image).decision).toEqual(
      await policy.check(eve, action, image),
    )
  }
})

test('stays on its lines, whatever an id holds', () => {
  const forged = { id: 'eve" may view "x"\nadmin' }
  const lines = policy.explain(forged, 'view', image).text.split('\n')
  expect(lines).toHaveLength(8)
})
