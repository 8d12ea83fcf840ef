import { localAccount } from '@lightfast/emulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'
import type { TestAccount } from '../test-support/open-account.ts'
import type { CloudflareImage } from './cloudflare-image.ts'
import type { ImageListQuery, MetaFilter } from './image-list.ts'
import type { ImagesResource } from './images.ts'

const hash = localAccount.accountHash

/** Uploads some, one millisecond apart, so that their order is known. */
async function upload({ client }: TestAccount, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    const metadata = { index, kind: index % 2 === 0 ? 'even' : 'odd' }
    const creator = index < 2 ? 'ada' : 'bob'
    await client.images.upload(
      { file: makePicture() },
      { privacy: 'public', id, metadata, creator },
    )
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

async function collect(images: AsyncIterable<CloudflareImage>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { id } of images) ids.push(id)
  return ids
}

const page = (token: string | null, ...ids: readonly string[]): Response =>
  answer({ images: ids.map((id) => ({ id })), continuation_token: token })

const openWith = (result: unknown): ImagesResource =>
  openAccount({ fetch: async () => answer(result), batch: 'off' }).client.images

const filter: MetaFilter = { field: 'a', op: 'eq', value: 1 }

describe.each(['off', 'auto'] as const)('with the batch host %s', (batch) => {
  let account: TestAccount
  let images: ImagesResource

  beforeEach(() => {
    account = openAccount({ batch })
    images = account.client.images
  })

  test('an image is described in full', async () => {
    const options = {
      privacy: 'public',
      id: 'cats/tom',
      metadata: { a: 1 },
      creator: 'ada',
    } as const
    await images.upload({ file: makePicture(), name: 'tom.png' }, options)
    const image = await images.get('cats/tom')
    expect(image).toEqual({
      id: 'cats/tom',
      draft: false,
      requireSignedURLs: false,
      meta: { a: 1 },
      filename: 'tom.png',
      uploadedAt: expect.any(Number),
      creator: 'ada',
      variants: [`https://imagedelivery.net/${hash}/cats/tom/public`],
    })
    expect(Math.abs((image.uploadedAt ?? 0) - Date.now())).toBeLessThan(5000)
  })

  test('one that is not there is not_found, once', async () => {
    await expect(images.get('nothing')).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      cloudflareCodes: [5404],
      attempts: 1,
    })
    expect(account.sent.filter((line) => line.endsWith('v1/nothing'))).toHaveLength(1)
  })

  test('an update changes what it names, and keeps the rest', async () => {
    const options = { privacy: 'public', id: 'a', metadata: { a: 1 }, creator: 'ada' } as const
    await images.upload({ file: makePicture() }, options)
    expect(await images.update('a', { metadata: { b: 2 } })).toMatchObject({
      meta: { b: 2 },
      creator: 'ada',
    })
    expect(await images.update('a', { creator: null })).toMatchObject({
      meta: { b: 2 },
      creator: null,
    })
  })

  test('a change of privacy gives a new id', async () => {
    const { id } = await images.upload({ file: makePicture() }, { privacy: 'public' })
    const changed = await images.update(id, { privacy: 'private' })
    expect(changed.requireSignedURLs).toBe(true)
    expect(changed.id).not.toBe(id)
    await expect(images.get(id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a deleted image is gone, and to delete it again is an error unless that is fine', async () => {
    await upload(account, ['a'])
    expect(await images.delete('a')).toBe('deleted')
    await expect(images.delete('a')).rejects.toMatchObject({ code: 'not_found' })
    expect(await images.delete('a', { missingOk: true })).toBe('missing')
  })

  test('an image whose deletion was not answered is deleted', async () => {
    await upload(account, ['a'])
    account.emulator.faults.set([{ on: 'delete', effect: 'lose-reply', times: 1 }])
    expect(await images.delete('a')).toBe('deleted')
  })

  test('the original comes back byte for byte', async () => {
    const file = makePicture(100_000)
    await images.upload({ file }, { privacy: 'public', id: 'a/b' })
    const original = await images.blob('a/b')
    expect(original.type).toBe('image/png')
    expect(await original.arrayBuffer()).toEqual(await file.arrayBuffer())
    await expect(images.blob('c')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the list goes through every page', async () => {
    const ids = Array.from({ length: 23 }, (_, index) => `image-${index}`)
    await upload(account, ids)
    expect(await collect(images.list({ perPage: 10, order: 'oldest-first' }))).toEqual(ids)
    expect(await collect(images.list())).toEqual(ids.toReversed())
    const page = await images.listPage({ perPage: 10 })
    expect(page.images).toHaveLength(10)
    expect(page.continuationToken).toEqual(expect.any(String))
    expect(account.sent.filter((line) => /GET (?:batch )?v2$/.test(line))).toHaveLength(5)
  })

  test.each<[ImageListQuery, readonly string[]]>([
    [{ creator: 'ada' }, ['b', 'a']],
    [{ creator: '' }, []],
    [{ meta: [{ field: 'kind', op: 'eq', value: 'odd' }] }, ['d', 'b']],
    [{ meta: [{ field: 'index', op: 'eq', value: 2 }] }, ['c']],
    [{ meta: [{ field: 'index', op: 'eq', value: '2' }] }, []],
    [
      {
        meta: [
          { field: 'index', op: 'gte', value: 1 },
          { field: 'index', op: 'lt', value: 3 },
        ],
      },
      ['c', 'b'],
    ],
    [{ meta: [{ field: 'index', op: 'in', value: [0, 3] }] }, ['d', 'a']],
    [{ meta: [{ field: 'kind', op: 'in', value: ['odd', 'none'] }], creator: 'bob' }, ['d']],
  ])('%j lists %j', async (query, expected) => {
    await upload(account, ['a', 'b', 'c', 'd'])
    expect(await collect(images.list(query))).toEqual(expected)
  })
})

describe('a list', () => {
  test('ends with an error when its pages go in a circle, after what was new', async () => {
    const pages = [page('b', '1'), page('c', '2'), page('b', '3'), page('c', '4')]
    const { client } = openAccount({ fetch: async () => pages.shift() ?? page(null), batch: 'off' })
    const seen: string[] = []
    const reading = (async () => {
      for await (const { id } of client.images.list()) seen.push(id)
    })()
    await expect(reading).rejects.toThrow(/circle/)
    expect(seen).toEqual(['1', '2', '3'])
  })

  test('tries a page again, and goes on from there', async () => {
    const account = openAccount()
    await upload(
      account,
      Array.from({ length: 12 }, (_, index) => `${index}`),
    )
    account.emulator.faults.set([{ on: 'list', effect: 'answer', status: 503, after: 1, times: 2 }])
    expect(await collect(account.client.images.list({ perPage: 10 }))).toHaveLength(12)
  })

  test('asks for no further page once its reader has left', async () => {
    const leaving = new AbortController()
    const { client, sent } = openAccount({
      fetch: async () => page(`${Math.random()}`, '1', '2'),
      batch: 'off',
    })
    const reading = (async () => {
      for await (const image of client.images.list({}, { signal: leaving.signal })) {
        if (image.id === '2') leaving.abort(new Error('left'))
      }
    })()
    await expect(reading).rejects.toThrow('left')
    expect(sent).toHaveLength(1)
    for await (const _ of client.images.list()) break
    expect(sent).toHaveLength(2)
  })

  test('can look five levels deep into the metadata', async () => {
    const { listPage } = openAccount().client.images
    const meta = [{ ...filter, field: 'a.b.c.d.e' }]
    await expect(listPage({ meta })).resolves.toMatchObject({ images: [] })
  })

  test('asks for nothing before it is read', () => {
    const { client, sent } = openAccount()
    client.images.list()
    expect(sent).toEqual([])
  })

  test.each<[ImageListQuery, typeof RangeError | typeof TypeError]>([
    [{ perPage: 9 }, RangeError],
    [{ perPage: 1001 }, RangeError],
    [{ perPage: 10.5 }, RangeError],
    [{ meta: Array.from({ length: 6 }, () => filter) }, RangeError],
    [{ meta: [{ field: 'a', op: 'in', value: [] }] }, RangeError],
    [{ meta: [{ field: 'a', op: 'in', value: Array<number>(11).fill(1) }] }, RangeError],
    [{ meta: [{ field: 'a', op: 'in', value: ['a|b'] }] }, TypeError],
    [{ meta: [{ field: 'a][b', op: 'eq', value: 1 }] }, TypeError],
    [{ meta: [{ field: '', op: 'eq', value: 1 }] }, TypeError],
    [{ meta: [{ field: 'a..b', op: 'eq', value: 1 }] }, TypeError],
    [{ meta: [{ field: 'a.b.c.d.e.f', op: 'eq', value: 1 }] }, TypeError],
  ])('refuses %j before it is sent', async (query, kind) => {
    const { client, sent } = openAccount()
    await expect(client.images.listPage(query)).rejects.toBeInstanceOf(kind)
    expect(sent).toEqual([])
  })
})

describe('an answer', () => {
  test('may leave out, or have as null, all but the id', async () => {
    const bare = {
      id: 'a',
      draft: false,
      requireSignedURLs: false,
      meta: {},
      filename: null,
      uploadedAt: null,
      creator: null,
      variants: [],
    }
    expect(await openWith({ id: 'a' }).get('a')).toEqual(bare)
    expect(
      await openWith({
        id: 'a',
        meta: null,
        creator: null,
        filename: null,
        uploaded: 'soon',
        variants: null,
      }).get('a'),
    ).toEqual(bare)
  })

  test('may say metadata in place of meta, and hold what nobody knows yet', async () => {
    const image = await openWith({ id: 'a', metadata: { b: 1 }, brand: 'new' }).get('a')
    expect(image).toMatchObject({ meta: { b: 1 } })
    expect(image).not.toHaveProperty('brand')
  })

  test.each([
    'keys',
    'variants/public',
    '../../zones',
    'a/../b',
    '',
    'x'.repeat(1025),
    '\ud800',
    'STATS',
  ])('is never asked for by the id %j', async (id) => {
    const { client, sent } = openAccount()
    const { images } = client
    const calls = [
      images.get(id),
      images.delete(id),
      images.blob(id),
      images.update(id, { creator: 'a' }),
    ]
    const ends = await Promise.allSettled(calls)
    for (const end of ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) })
    }
    expect(sent).toEqual([])
  })

  test.each([0, -1, Number.NaN, Infinity])('is not waited for within %s ms', async (deadlineMs) => {
    const { client, sent } = openAccount()
    await expect(client.images.get('a', { deadlineMs })).rejects.toBeInstanceOf(RangeError)
    expect(sent).toEqual([])
  })
})

describe('an update whose answer was lost', () => {
  test('is sent again if nothing but metadata changes', async () => {
    const account = openAccount()
    await upload(account, ['a'])
    account.emulator.faults.set([{ on: 'update', effect: 'lose-reply', times: 1 }])
    expect(await account.client.images.update('a', { metadata: { b: 1 } })).toMatchObject({
      meta: { b: 1 },
    })
  })

  test('fails if the image may have a new id, which nobody knows', async () => {
    const { client, emulator, sent } = openAccount()
    const { id } = await client.images.upload({ file: makePicture() }, { privacy: 'public' })
    emulator.faults.set([{ on: 'update', effect: 'lose-reply', times: 1 }])
    const update = client.images.update(id, { privacy: 'private' })
    await expect(update).rejects.toMatchObject({ code: 'host_unreachable' })
    expect(sent.filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
  })

  test('is found done if the image has kept its id', async () => {
    const { client, emulator, sent } = openAccount(
      {},
      { settings: { idAfterAccessChange: 'same' } },
    )
    const { id } = await client.images.upload({ file: makePicture() }, { privacy: 'public' })
    emulator.faults.set([{ on: 'update', effect: 'lose-reply', times: 1 }])
    expect(await client.images.update(id, { privacy: 'private' })).toMatchObject({
      id,
      requireSignedURLs: true,
    })
    expect(sent.filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
  })

  test('is sent again if it was not carried out', async () => {
    const { client, emulator } = openAccount()
    const { id } = await client.images.upload({ file: makePicture() }, { privacy: 'public' })
    emulator.faults.set([{ on: 'update', effect: 'answer', status: 502, times: 1 }])
    expect(await client.images.update(id, { privacy: 'private' })).toMatchObject({
      requireSignedURLs: true,
    })
  })

  test('is not found done by its privacy alone if more was to change', async () => {
    const { client, emulator } = openAccount({}, { settings: { idAfterAccessChange: 'same' } })
    const { id } = await client.images.upload({ file: makePicture() }, { privacy: 'private' })
    emulator.faults.set([{ on: 'update', effect: 'answer', status: 502, times: 1 }])
    const update = client.images.update(id, { privacy: 'private', metadata: { b: 1 } })
    await expect(update).resolves.toMatchObject({ meta: { b: 1 } })
  })
})

test('an update with another word for its privacy is refused, and changes nothing', async () => {
  const { client, sent } = openAccount()
  // @ts-expect-error There is no such privacy.
  const update = client.images.update('a', { privacy: 'Private' })
  await expect(update).rejects.toBeInstanceOf(TypeError)
  expect(sent).toEqual([])
})

test.each([{ metadata: { a: 'x'.repeat(1024) } }, { creator: 'x'.repeat(1025) }])(
  'an update is refused before it is sent, with %j',
  async (changes) => {
    const { client, sent } = openAccount()
    await expect(client.images.update('a', changes)).rejects.toBeInstanceOf(RangeError)
    expect(sent).toEqual([])
  },
)

test('what a proxy does not find is not missing: nothing was deleted', async () => {
  const page = '<h1>404</h1>'
  const { client } = openAccount({ fetch: async () => new Response(page, { status: 404 }) })
  const deletion = client.images.delete('a', { missingOk: true })
  await expect(deletion).rejects.toMatchObject({ code: 'host_reply_invalid', status: 404 })
})

test('a failure that looks like a picture is no original', async () => {
  const init = { status: 404, headers: { 'content-type': 'image/png' } }
  const { client } = openAccount({ fetch: async () => new Response('x', init) })
  await expect(client.images.blob('a')).rejects.toMatchObject({ status: 404 })
})

test('an original without any bytes is refused', async () => {
  const headers = { 'content-type': 'image/png' }
  const { client } = openAccount({ fetch: async () => new Response('', { headers }) })
  await expect(client.images.blob('a')).rejects.toMatchObject({ code: 'host_reply_invalid' })
})

test('an original without end, or of another kind, is refused', async () => {
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(5_000_000)),
  })
  const headers = { 'content-type': 'image/png' }
  const endless = openAccount({
    fetch: async () => new Response(stream, { headers }),
    retry: { attempts: 1 },
  })
  await expect(endless.client.images.blob('a')).rejects.toThrow(/25000000 bytes/)
  const page = openAccount({
    fetch: async () => new Response('<p>Sign in</p>'),
    retry: { attempts: 1 },
  })
  await expect(page.client.images.blob('a')).rejects.toThrow(/Sign in/)
  const wrapped = openAccount({ fetch: async () => answer({ id: 'a' }), retry: { attempts: 1 } })
  await expect(wrapped.client.images.blob('a')).rejects.toMatchObject({
    code: 'host_reply_invalid',
  })
})
