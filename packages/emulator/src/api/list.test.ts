import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import refusals from '../../fixtures/list-filter-refusals.json' with { type: 'json' }
import { createMemoryStore } from '../store.ts'
import { openAccount, read, svg, toForm } from '../test-support/account.ts'
import type { TestAccount } from '../test-support/account.ts'

const pageSchema = v.object({
  images: v.array(v.looseObject({ id: v.string() })),
  continuation_token: v.optional(v.nullable(v.string())),
})

async function list(
  { api }: TestAccount,
  path: string,
): Promise<{ readonly ids: readonly string[]; readonly token: string | null | undefined }> {
  const reply = await api('GET', path)
  expect(reply.status).toBe(200)
  const page = v.parse(pageSchema, (await read(reply)).result)
  return { ids: page.images.map(({ id }) => id), token: page.continuation_token }
}

async function openWith(count: number): Promise<TestAccount> {
  const account = openAccount()
  for (let n = 1; n <= count; n += 1) await make(account, { id: `i${n}` })
  return account
}

const make = ({ api }: TestAccount, fields: Readonly<Record<string, string>>): Promise<Response> =>
  api('POST', '/v1', toForm({ file: svg, ...fields }))

const ids = (from: number, to: number): readonly string[] => {
  const step = from < to ? 1 : -1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, n) => `i${from + n * step}`)
}

async function refusal({ api }: TestAccount, path: string): Promise<readonly unknown[]> {
  const reply = await api('GET', path)
  expect(reply.status).toBe(400)
  return (await read(reply)).errors
}

describe('the second list', () => {
  test('shows the newest image first, or last if asked to, even within one millisecond', async () => {
    const account = await openWith(3)
    expect(await list(account, '/v2')).toEqual({ ids: ids(3, 1), token: null })
    expect((await list(account, '/v2?sort_order=asc')).ids).toEqual(ids(1, 3))
  })

  test('shows an image as its details do', async () => {
    const account = await openWith(1)
    const page = (await read(await account.api('GET', '/v2'))).result
    expect(page['images']).toEqual([(await read(await account.api('GET', '/v1/i1'))).result])
  })

  test('leaves drafts out until their file has arrived', async () => {
    const account = openAccount()
    const { id, uploadURL } = await account.slot()
    expect((await list(account, '/v2')).ids).toEqual([])
    await account.upload(uploadURL, svg)
    expect((await list(account, '/v2')).ids).toEqual([id])
  })

  test('goes on where a page ended, and ends with a null', async () => {
    const account = await openWith(25)
    const first = await list(account, '/v2?per_page=10')
    const second = await list(account, `/v2?per_page=10&continuation_token=${first.token}`)
    const third = await list(account, `/v2?per_page=10&continuation_token=${second.token}`)
    expect([first.ids, second.ids, third.ids]).toEqual([ids(25, 16), ids(15, 6), ids(5, 1)])
    expect(third.token).toBeNull()
  })

  test('has no further page where the last one is just full', async () => {
    expect((await list(await openWith(10), '/v2?per_page=10')).token).toBeNull()
  })

  test.each(['asc', 'desc'])(
    'loses and repeats nothing while images come and go, %s',
    async (order) => {
      const account = await openWith(30)
      const { ids: shown, token } = await list(account, `/v2?per_page=10&sort_order=${order}`)
      await account.api('DELETE', `/v1/${shown.at(-1)}`)
      await account.api('DELETE', `/v1/${shown[0]}`)
      await make(account, { id: 'late' })
      const path = `/v2?per_page=100&sort_order=${order}&continuation_token=${token}`
      const rest = (await list(account, path)).ids.filter((id) => id !== 'late')
      expect([...shown, ...rest].toSorted()).toEqual([...ids(1, 30)].toSorted())
    },
  )

  test('goes by the time of upload where the clock was set back', async () => {
    const account = await openWith(1)
    account.clock.now -= 1000
    await make(account, { id: 'earlier' })
    expect((await list(account, '/v2')).ids).toEqual(['i1', 'earlier'])
  })

  test.each(['nonsense', 'YXNjIDEgMQ', '%F0%9F%98%80', 'a'.repeat(5000)])(
    'refuses the token %s',
    async (token) => {
      const path = `/v2?continuation_token=${token}`
      expect(await refusal(await openWith(1), path)).toEqual([
        { code: 5400, message: 'continuation_token is not valid' },
      ])
    },
  )

  test.each(['per_page=9', 'per_page=10001', 'per_page=ten', 'per_page=', 'sort_order=up'])(
    'refuses %s',
    async (query) => {
      await refusal(openAccount(), `/v2?${query}`)
    },
  )

  test('refuses a parameter that is given twice', async () => {
    await refusal(openAccount(), '/v2?per_page=10&per_page=20')
  })
})

describe('the deprecated list', () => {
  test('counts pages from one and ends with an empty one', async () => {
    const account = await openWith(15)
    expect((await list(account, '/v1?per_page=10')).ids).toEqual(ids(15, 6))
    expect((await list(account, '/v1?per_page=10&page=2')).ids).toEqual(ids(5, 1))
    expect((await list(account, '/v1?per_page=10&page=3')).ids).toEqual([])
  })

  test.each(['page=0', 'page=-1', 'per_page=9', 'per_page=1e3'])('refuses %s', async (query) => {
    await refusal(openAccount(), `/v1?${query}`)
  })
})

test.each(['/v1', '/v2'])('%s shows one creator’s images, or nobody’s', async (path) => {
  const account = openAccount()
  await make(account, { id: 'a', creator: 'ann' })
  await make(account, { id: 'b', creator: 'ben' })
  await make(account, { id: 'n' })
  expect((await list(account, `${path}?creator=ann`)).ids).toEqual(['a'])
  expect((await list(account, `${path}?creator=`)).ids).toEqual(['n'])
})

describe('a filter by metadata', () => {
  const metas: Readonly<Record<string, object>> = {
    a: { status: 'active', priority: 5, tall: true, region: { name: 'eu-west' } },
    b: { status: 'pending', priority: 3, tall: false },
    c: { status: 'deleted', priority: '5' },
    d: {},
  }

  async function openFiltered(): Promise<TestAccount> {
    const account = openAccount()
    for (const [id, meta] of Object.entries(metas))
      await make(account, { id, metadata: JSON.stringify(meta) })
    return account
  }

  test.each([
    ['meta.status[eq]=active', 'a'],
    ['meta.status[eq:string]=active', 'a'],
    ['meta.priority[eq]=5', 'ac'],
    ['meta.priority[eq:number]=5', 'a'],
    ['meta.priority[eq:string]=5', 'c'],
    ['meta.tall[eq:boolean]=false', 'b'],
    ['meta.priority[gt]=3', 'a'],
    ['meta.priority[gte:number]=3', 'ab'],
    ['meta.priority[lt:number]=5', 'b'],
    ['meta.priority[lte]=5', 'ab'],
    ['meta.status[in]=pending|deleted|flagged', 'bc'],
    ['meta.priority[in:number]=4|5', 'a'],
    ['meta.region.name[eq]=eu-west', 'a'],
    ['meta.priority[eq:number]=5&meta.priority[lte:number]=3', ''],
    ['meta.status[eq]=active&meta.tall[eq:boolean]=true', 'a'],
    ['meta.toString[eq]=x', ''],
    ['meta.__proto__.x[eq]=x', ''],
  ])('%s finds %s', async (query, wanted) => {
    const path = `/v2?sort_order=asc&${query}`
    expect((await list(await openFiltered(), path)).ids.join('')).toBe(wanted)
  })

  test.each(refusals.refusals)('$query is refused as in the schema', async ({ query, errors }) => {
    expect(await refusal(openAccount(), `/v2?${query}`)).toEqual(errors)
  })

  test.each(['toString', 'gt:string', 'in:boolean', 'eq:number:number', 'EQ', ''])(
    'the operator %s is refused by name',
    async (operator) => {
      const [error] = await refusal(openAccount(), `/v2?meta.a[${operator}]=1`)
      const message = `Unsupported metadata filter operator: '${operator}'`
      expect(error).toEqual({ code: 5400, message })
    },
  )

  test.each([
    'meta.a=1',
    'meta.[eq]=1',
    'meta.a..b[eq]=1',
    'meta.a.b.c.d.e.f[eq]=1',
    'meta.a[gt]=high',
    'meta.a[eq:number]=',
    'meta.a[eq:boolean]=yes',
    `meta.a[in]=${'x|'.repeat(10)}x`,
  ])('%s is refused', async (query) => {
    await refusal(openAccount(), `/v2?${query}`)
  })

  test('goes five levels deep', async () => {
    const account = openAccount()
    const metadata = JSON.stringify({ a: { b: { c: { d: { e: 1 } } } } })
    await make(account, { id: 'deep', metadata })
    expect((await list(account, '/v2?meta.a.b.c.d.e[eq]=1')).ids).toEqual(['deep'])
  })
})

test('thousands of images are listed page by page', async () => {
  const store = createMemoryStore()
  const account = openAccount({ store })
  const file = { bytes: new Uint8Array(), type: 'image/gif', filename: 'a.gif' } as const
  for (const id of ids(1, 5000)) {
    const facts = { id, createdAt: 1, meta: {}, creator: null, requireSignedURLs: false }
    await store.put({ status: 'stored', facts, file })
  }
  const seen: string[] = []
  let token: string | null | undefined = ''
  while (token !== null && token !== undefined) {
    const path: string = `/v2?per_page=500&continuation_token=${token}`
    const page = await list(account, path)
    seen.push(...page.ids)
    token = page.token
  }
  expect(seen).toEqual(ids(5000, 1))
})

test('a list that lags leaves the newest images out', async () => {
  const account = await openWith(1)
  account.clock.now += 5000
  await make(account, { id: 'fresh' })
  account.emulator.faults.set([{ on: 'list', effect: 'list-lag', ms: 3000, times: 2 }])
  expect((await list(account, '/v2')).ids).toEqual(['i1'])
  expect((await list(account, '/v1')).ids).toEqual(['i1'])
  expect((await list(account, '/v2')).ids).toEqual(['fresh', 'i1'])
})
