import { ImagesError } from '@lightfast/core'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditDecisions } from '../access/audit-decisions.ts'
import { createDefaultPolicy } from '../access/default-policy.ts'
import type { PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { beside, NOON, sampleRecord } from '../testing/store-samples.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { requireAccess } from './require-access.ts'
import type { RequireAccessOptions } from './require-access.ts'

const principals: Readonly<Record<string, Principal>> = {
  ada: { id: 'ada', tenantId: 'lovelace' },
  bob: { id: 'bob', tenantId: 'lovelace' },
  eve: { id: 'eve', tenantId: 'babbage', groups: ['image_admin'] },
  blank: { id: '' },
}

const ready = sampleRecord({ state: 'ready' })
const unfinished = sampleRecord({ state: 'delivered' })
const deleted = sampleRecord({ state: 'deleted' })

let store: ImagesStore
let asked: string[]

beforeEach(async () => {
  const memory = createMemoryStore({ now: () => NOON })
  for (const record of [ready, unfinished, deleted]) await memory.records.create(record, beside)
  asked = []
  const find: ImagesStore['records']['find'] = (id) => {
    asked.push(id)
    return memory.records.find(id)
  }
  store = { ...memory, records: { ...memory.records, find } }
})

function open(changes: Partial<RequireAccessOptions> = {}) {
  const options: RequireAccessOptions = {
    policy: createDefaultPolicy({ watermark: 'viewers' }),
    store,
    authenticate: async ({ headers }) => principals[headers.get('x-user') ?? ''] ?? null,
    action: 'view',
    id: (c) => c.req.param('id'),
    ...changes,
  }
  const app = new Hono().use(requestId({ generator: () => 'r' }))
  app.get('/pictures/:id', requireAccess(options), (c) => {
    const { image, principal, decision } = c.var
    return c.json({ image: image.id, principal: principal.id, decision })
  })
  app.onError((error, c) => c.text(`broken: ${error.message}`, 500))
  return (user: string, id: string) =>
    app.request(`/pictures/${id}`, { headers: { 'x-user': user } })
}

test('hands on the image, who asks, and what the decision obliges to', async () => {
  const reply = await open()('bob', ready.id)
  expect(reply.status).toBe(200)
  expect(await reply.json()).toEqual({
    image: ready.id,
    principal: 'bob',
    decision: { allowed: true, by: 'tenant', obligations: ['watermark'] },
  })
})

test('lets the owner act, and at an image that is not ready yet', async () => {
  for (const action of ['view', 'delete', 'administer'] as const) {
    expect((await open({ action })('ada', unfinished.id)).status).toBe(200)
  }
})

test('answers 403 to whoever may view and not act', async () => {
  const reply = await open({ action: 'delete' })('bob', ready.id)
  expect(reply.status).toBe(403)
  expect(await reply.json()).toMatchObject({ code: 'forbidden', status: 403, requestId: 'r' })
})

test('answers the same 404 for an image of others, one that is gone and one that never was', async () => {
  const ask = open({ action: 'delete' })
  const replies = await Promise.all([
    ask('eve', ready.id),
    ask('bob', unfinished.id),
    ask('ada', deleted.id),
    ask('ada', crypto.randomUUID()),
    ask('ada', 'keys'),
  ])
  const told = await Promise.all(
    replies.map(async (reply) => [reply.status, [...reply.headers], await reply.text()]),
  )
  for (const one of told) expect(one).toEqual(told[0])
  expect(told[0]).toMatchObject([
    404,
    [
      ['cache-control', 'no-store'],
      ['content-type', 'application/problem+json'],
    ],
    expect.not.stringContaining('ada'),
  ])
})

test.each<[name: string, user: string, authenticate: object]>([
  ['nobody', 'unknown', {}],
  ['a principal without an id', 'blank', {}],
  ['whoever cannot be named', 'ada', { authenticate: () => Promise.reject(new Error('No keys.')) }],
  ['whoever trips the app up', 'ada', { authenticate: () => JSON.parse('{') }],
])('answers 401 to %s, and asks no store', async (_, user, changes) => {
  const reply = await open(changes)(user, ready.id)
  expect(reply.status).toBe(401)
  expect(await reply.json()).toMatchObject({ code: 'unauthenticated' })
  expect(asked).toEqual([])
})

describe('an id that is made to confuse is not found, and never reaches the store', () => {
  test.each([
    ['a NUL', `${ready.id}%00`],
    ['a dot segment', '..%2f..%2fkeys'],
    ['encoded slashes', 'variants%2Fpublic'],
    ['slashes encoded twice', 'variants%252Fpublic'],
    ['a backslash', '..%5ckeys'],
    ['a line feed', `${ready.id}%0a`],
    ['letters that look like others', ready.id.replace('-', '\u2010')],
    ['wide letters', '\uff41\uff42'],
    ['bytes that are no text', '%ff%fe'],
    ['a quote', "'or'1'='1"],
    ['no end', 'a'.repeat(65)],
    ['a query within', `${ready.id}%3Fx`],
  ])('%s', async (_, id) => {
    expect((await open()('ada', id)).status).toBe(404)
    expect(asked).toEqual([])
  })

  test('nor does one that the route does not have', async () => {
    expect((await open({ id: () => undefined })('ada', ready.id)).status).toBe(404)
    expect(asked).toEqual([])
  })
})

describe('fails closed', () => {
  test.each<[name: string, check: PolicyEngine['check']]>([
    ['rejects', () => Promise.reject(new Error('The engine is down.'))],
    ['throws', () => JSON.parse('{')],
  ])('an engine that %s lets nobody through', async (_, check) => {
    const policy = { ...createDefaultPolicy(), check }
    expect((await open({ policy })('ada', ready.id)).status).toBe(500)
    const audited = auditDecisions(policy, { onDecision: () => undefined })
    expect((await open({ policy: audited })('ada', ready.id)).status).toBe(404)
  })

  test('a store that does not answer is the app’s own failure to tell', async () => {
    const records = { ...store.records, find: () => Promise.reject(new Error('The disk is gone.')) }
    const reply = await open({ store: { records } })('ada', ready.id)
    expect([reply.status, await reply.text()]).toEqual([500, 'broken: The disk is gone.'])
  })

  test('an action that there is not guards nothing, and is refused at once', () => {
    expect(() => open(JSON.parse('{ "action": "look" }'))).toThrow('"action" must be one of view')
  })
})

test('what the route itself fails with is left to the app', async () => {
  const app = new Hono()
  app.onError((error, c) => c.text(error.message, 418))
  const guard = requireAccess({
    policy: createDefaultPolicy(),
    store,
    authenticate: async () => ({ id: 'ada', tenantId: 'lovelace' }),
    action: 'view',
    id: () => ready.id,
  })
  app.get('/', guard, () => {
    throw new ImagesError('not_found', 'Of the route.')
  })
  const reply = await app.request('/')
  expect([reply.status, await reply.text()]).toEqual([418, 'Of the route.'])
})
