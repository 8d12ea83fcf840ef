import { defaultFilePolicy } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import { ada, makeRequest, openUploads, post } from '../test-support/open-uploads.ts'
import type { UploadKind } from './upload-kind.ts'

describe('one principal', () => {
  test('cannot begin more uploads within a minute than allowed, however many at once', async () => {
    const { uploads, pass } = await openUploads({ limits: { startsPerMinute: 5 } })
    const begun = await Promise.allSettled(
      Array.from({ length: 20 }, () => uploads.start(ada, makeRequest())),
    )
    const refused = begun.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(15)
    expect(refused[0]?.reason).toMatchObject({
      code: 'upload_limit_reached',
      retryAfterMs: 60_000,
    })
    expect((await uploads.start({ id: 'bea' }, makeRequest())).way).not.toBeNull()
    await pass(60_001)
    expect((await uploads.start(ada, makeRequest())).way).not.toBeNull()
  })

  test('has no more unfinished uploads than allowed, and goes on when some are done', async () => {
    const { uploads, emulator } = await openUploads({ limits: { unfinished: 2 } })
    const first = await uploads.start(ada, makeRequest())
    await uploads.start(ada, makeRequest())
    await expect(uploads.start(ada, makeRequest())).rejects.toMatchObject({
      code: 'upload_limit_reached',
    })
    await post(emulator, first.way)
    await uploads.complete(ada, first.image.id, { attemptId: first.way?.attemptId ?? '' })
    expect((await uploads.start(ada, makeRequest())).way).not.toBeNull()
  })

  test('does not get around that by saying that bytes have arrived which have not', async () => {
    const { uploads, pass } = await openUploads({ limits: { unfinished: 2 } })
    const say = async () => {
      const { image, way } = await uploads.start(ada, makeRequest())
      await uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
    }
    await say()
    await say()
    await expect(say()).rejects.toMatchObject({ code: 'upload_limit_reached' })
    await pass(3_600_000)
    await say()
  })

  test('is never refused an upload that is known already', async () => {
    const { uploads } = await openUploads({ limits: { unfinished: 1 } })
    const request = makeRequest()
    const { image } = await uploads.start(ada, request)
    expect((await uploads.start(ada, request)).image.id).toBe(image.id)
  })

  test('cannot draw slot after slot with one upload', async () => {
    const { uploads, pass } = await openUploads({ rungs: ['direct'], limits: { attempts: 3 } })
    const request = makeRequest()
    const tryAgain = async () => {
      const { image, way } = await uploads.start(ada, request)
      const report = { attemptId: way?.attemptId ?? '', code: 'transfer_interrupted' } as const
      await uploads.fail(ada, image.id, { ...report, cloudflareCode: null })
    }
    for (let count = 0; count < 3; count += 1) await tryAgain()
    await expect(tryAgain()).rejects.toMatchObject({
      code: 'upload_limit_reached',
      failure: { retryAfterMs: expect.any(Number) },
    })
    await pass(600_001)
    await tryAgain()
  })

  test('cannot do so by asking for many at once either', async () => {
    const app = await openUploads({ rungs: ['direct'], limits: { attempts: 3 } })
    const request = makeRequest()
    const { image, way } = await app.uploads.start(ada, request)
    const report = { attemptId: way?.attemptId ?? '', code: 'transfer_interrupted' } as const
    await app.uploads.fail(ada, image.id, { ...report, cloudflareCode: null })
    const asked = Array.from({ length: 20 }, () => app.uploads.start(ada, request))
    await Promise.allSettled(asked)
    expect(await app.store.attempts.of(image.id)).toHaveLength(3)
  })

  test('is told the way that is open, though there were as many as may be', async () => {
    const { uploads } = await openUploads({ rungs: ['direct'], limits: { attempts: 1 } })
    const request = makeRequest()
    const { way } = await uploads.start(ada, request)
    expect((await uploads.start(ada, request)).way).toEqual(way)
  })
})

const open = (kind: Partial<UploadKind>) =>
  openUploads({ kinds: { photo: { ...defaultFilePolicy, ...kind } } })

describe('a kind', () => {
  test('lets nobody choose who sees an image, unless it says so', async () => {
    const closed = await open({})
    await expect(
      closed.uploads.start(ada, makeRequest({ privacy: 'public' })),
    ).rejects.toMatchObject({ field: 'privacy' })
    const { uploads, store } = await open({ mayChoose: ['privacy'] })
    const { image } = await uploads.start(ada, makeRequest({ privacy: 'public' }))
    expect((await store.records.find(image.id))?.privacy).toBe('public')
  })

  test('takes the metadata it names; its defaults give way, and its factory has the last word', async () => {
    const { uploads, store, client, emulator } = await open({
      metadata: {
        keys: ['album', 'mood'],
        defaults: { album: 'none', source: 'web' },
        make: ({ id }) => ({ by: id, mood: 'calm' }),
      },
    })
    await expect(
      uploads.start(ada, makeRequest({ metadata: { attemptId: 'mine' } })),
    ).rejects.toMatchObject({ field: 'metadata' })
    const request = makeRequest({ metadata: { album: 'sea', mood: 'wild' } })
    const { image, way } = await uploads.start(ada, request)
    const metadata = { album: 'sea', source: 'web', by: 'ada', mood: 'calm' }
    const record = await store.records.find(image.id)
    expect(record?.metadata).toEqual(metadata)
    await post(emulator, way)
    const [attempt] = await store.attempts.of(image.id)
    const remote = await client.images.get(attempt?.cloudflareId ?? '')
    expect(remote.meta).toEqual({ ...metadata, imageId: image.id, attemptId: attempt?.id })
    expect(remote.creator).toBe('ada')
  })

  test('refuses metadata that Cloudflare would not keep', async () => {
    const { uploads } = await open({ metadata: { keys: ['a', 'b', 'c', 'd'] } })
    const long = 'x'.repeat(255)
    const metadata = { a: long, b: long, c: long, d: long }
    await expect(uploads.start(ada, makeRequest({ metadata }))).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'metadata',
    })
  })
})

test.each([
  [{ rungs: [] }, /rungs/],
  [{ times: { slotMs: 1 } }, /times.slotMs/],
  [{ limits: { unfinished: 0 } }, /limits.unfinished/],
])(
  'an option that makes no sense is named when the uploads are made: %j',
  async (options, named) => {
    await expect(openUploads(options)).rejects.toThrow(named)
  },
)
