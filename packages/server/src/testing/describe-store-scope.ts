import { expect, test } from 'vitest'
import type { Scope } from '../access/policy-engine.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ListQuery } from '../uploads/store.ts'
import { beside, NOON, openWithClock, sampleRecord } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

/** One record of each kind that a literal can tell apart, newest first. */
const records = (['ada', 'bob'] as const)
  .flatMap((ownerId) => ['lovelace', 'other', null].map((tenantId) => ({ ownerId, tenantId })))
  .flatMap((one) => (['private', 'public'] as const).map((privacy) => ({ ...one, privacy })))
  .flatMap((one) => (['ready', 'pending'] as const).map((state) => ({ ...one, state })))
  .map((one, at) =>
    sampleRecord({ ...one, createdAt: NOON - at, kind: at % 3 ? 'photo' : 'avatar' }),
  )

const all: readonly Scope[number][] = [
  [{ owner: 'ada', is: true }],
  [{ owner: 'ada', is: false }],
  [{ tenant: 'other', is: true }],
  [{ tenant: 'other', is: false }],
  [{ tenant: null, is: true }],
  [{ tenant: null, is: false }],
  [{ privacy: 'public' }],
  [{ ready: true }],
  [{ ready: false }],
  [{ tenant: 'lovelace', is: true }, { ready: true }, { owner: 'bob', is: true }],
]

export function describeScope(openStore: OpenImagesStore): void {
  async function setUp() {
    const { store } = await openWithClock(openStore)
    for (const record of records) await store.records.create(record, beside)
    const list = async (query: Partial<ListQuery>) =>
      (await store.records.list({ limit: 99, ...query })).map(({ id }) => id)
    return { list }
  }

  test('lists what at least one clause holds, newest first, each record once', async () => {
    const { list } = await setUp()
    for (const [at, clause] of all.entries()) {
      const other = all[(at + 3) % all.length] ?? []
      expect(await list({ scope: [clause] })).toEqual(idsOf([clause]))
      expect(await list({ scope: [clause, other] })).toEqual(idsOf([clause, other]))
    }
    expect(await list({ scope: all })).toEqual(idsOf(all))
    expect(await list({ scope: [[]] })).toEqual(records.map(({ id }) => id))
    expect(await list({ scope: [] })).toEqual([])
  })

  test('lists within a scope only what else is asked for, page after page', async () => {
    const { list } = await setUp()
    const scope: Scope = [[{ owner: 'ada', is: true }], [{ privacy: 'public' }]]
    const query = { scope, kinds: ['photo'], privacy: 'public', states: ['ready'] } as const
    const expected = records.filter(
      ({ kind, privacy, state }) => kind === 'photo' && privacy === 'public' && state === 'ready',
    )
    const [first, second] = expected
    if (!first || !second) throw new Error('The samples have no such records.')
    expect(await list(query)).toEqual(expected.map(({ id }) => id))
    expect(await list({ ...query, limit: 1 })).toEqual([first.id])
    expect(await list({ ...query, limit: 1, after: first })).toEqual([second.id])
    expect(await list({ ...query, kinds: [] })).toEqual([])
    const { createdAt } = second
    expect(await list({ ...query, createdFrom: createdAt + 1 })).toEqual([first.id])
    expect((await list({ ...query, createdBefore: first.createdAt }))[0]).toBe(second.id)
  })
}

/** Written out once more, and not by the code of any store. */
function idsOf(scope: Scope): readonly string[] {
  return records
    .filter((record) => scope.some((clause) => holds(record, clause)))
    .map(({ id }) => id)
}

function holds(record: ImageRecord, clause: Scope[number]): boolean {
  for (const literal of clause) {
    if ('owner' in literal && (literal.owner === record.ownerId) !== literal.is) return false
    if ('tenant' in literal && (literal.tenant === record.tenantId) !== literal.is) return false
    if ('privacy' in literal && literal.privacy !== record.privacy) return false
    if ('ready' in literal && literal.ready !== (record.state === 'ready')) return false
  }
  return true
}
