import { describe, expect, test, vi } from 'vitest'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { UploadOptions, UploadSource } from './upload-image.ts'

const file = makePicture()
const isPrivate = { privacy: 'private' } as const
const ours = { privacy: 'public', id: 'ours' } as const

const makeStream = (...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })

const posts = (sent: readonly string[]): number =>
  sent.filter((line) => line.startsWith('POST')).length

describe('an upload', () => {
  test('of a file is private or public as it says, with its metadata, creator and name', async () => {
    const { client } = openAccount()
    const named = new File([file], 'tom.png', { type: 'image/png' })
    const options = { ...isPrivate, metadata: { a: { b: [1] } }, creator: 'ada' }
    const image = await client.images.upload({ file: named }, options)
    expect(await client.images.get(image.id)).toEqual(image)
    expect(image).toMatchObject({
      requireSignedURLs: true,
      meta: { a: { b: [1] } },
      creator: 'ada',
      filename: 'tom.png',
      draft: false,
    })
    const other = await client.images.upload({ file: named, name: 'other.png' }, ours)
    expect(other).toMatchObject({ id: 'ours', filename: 'other.png', requireSignedURLs: false })
  })

  test('of a stream keeps its bytes', async () => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { client } = openAccount()
    const stream = makeStream(bytes.slice(0, 10), bytes.slice(10))
    const source = { stream, name: 'tom.png', type: 'image/png' }
    expect(await client.images.upload(source, ours)).toMatchObject({ filename: 'tom.png' })
    expect(await (await client.images.blob('ours')).arrayBuffer()).toEqual(bytes.buffer)
  })

  test('of an address lets Cloudflare fetch it', async () => {
    const asked: string[] = []
    const fetch = async ({ url }: Request): Promise<Response> => {
      asked.push(url)
      return new Response(file, { headers: { 'content-type': 'image/png' } })
    }
    const { client } = openAccount({}, { fetch, allowPrivateUrls: true })
    await client.images.upload({ url: 'https://pictures.example/tom.png' }, ours)
    await client.images.upload({ url: new URL('https://pictures.example/b.png') }, isPrivate)
    expect(asked).toEqual(['https://pictures.example/tom.png', 'https://pictures.example/b.png'])
  })
})

describe('an upload whose answer was lost', () => {
  test('is found by its own id, and not sent twice', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'api-upload', effect: 'lose-reply', times: 1 }])
    expect(await client.images.upload({ file }, ours)).toMatchObject({ id: 'ours', draft: false })
    expect(posts(sent)).toBe(1)
  })

  test('is found by the attempt in its metadata, and not sent twice', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'api-upload', effect: 'lose-reply', times: 1 }])
    const options = { ...isPrivate, metadata: { attemptId: 'a1' } }
    expect(await client.images.upload({ file }, options)).toMatchObject({
      meta: { attemptId: 'a1' },
    })
    expect(posts(sent)).toBe(1)
  })

  test('fails if the list does not have it yet: it may still come', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([
      { on: 'api-upload', effect: 'lose-reply', times: 1 },
      { on: 'list', effect: 'list-lag', ms: 60_000 },
    ])
    const upload = client.images.upload({ file }, { ...isPrivate, metadata: { attemptId: 'a1' } })
    await expect(upload).rejects.toMatchObject({ code: 'host_unreachable' })
    expect(posts(sent)).toBe(1)
  })

  test('fails if nothing tells it apart from others', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'api-upload', effect: 'lose-reply', times: 1 }])
    await expect(client.images.upload({ file }, isPrivate)).rejects.toMatchObject({
      code: 'host_unreachable',
    })
    expect(posts(sent)).toBe(1)
  })

  test('is sent again if it certainly was not carried out', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 502, times: 1 }])
    expect(await client.images.upload({ file }, ours)).toMatchObject({ id: 'ours' })
    expect(posts(sent)).toBe(2)
  })

  test('is not one whose id was taken at its first attempt, however new that image is', async () => {
    const { client } = openAccount()
    await client.images.upload({ file }, ours)
    await expect(client.images.upload({ file }, ours)).rejects.toMatchObject({ status: 409 })
  })

  test('is not taken for an older image of the same id', async () => {
    const hourAgo = Date.now() - 3_600_000
    const { client, emulator } = openAccount({}, { now: () => hourAgo })
    await client.images.upload({ file }, ours)
    emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 502, times: 1 }])
    const upload = client.images.upload({ file }, ours)
    await expect(upload).rejects.toMatchObject({ code: 'host_refused', status: 409 })
  })

  test('is not taken for somebody else’s attempt of the same id', async () => {
    const { client, emulator } = openAccount()
    await client.images.upload({ file }, { ...ours, metadata: { attemptId: 'theirs' } })
    emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 502, times: 1 }])
    const upload = client.images.upload({ file }, { ...ours, metadata: { attemptId: 'mine' } })
    await expect(upload).rejects.toMatchObject({ code: 'host_refused', status: 409 })
  })

  test('is not taken for a draft of the same id', async () => {
    const { client, emulator } = openAccount()
    await client.directUploads.create({ ...ours, expiresAt: Date.now() + 600_000 })
    emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 502, times: 1 }])
    await expect(client.images.upload({ file }, ours)).rejects.toMatchObject({ status: 409 })
  })

  test('and that is carried out only now is found by its taken id', async () => {
    const image = { id: 'ours', uploaded: new Date().toISOString() }
    const replies = [
      new Response('Bad gateway', { status: 502 }),
      Response.json({ success: false, errors: [{ code: 5404 }] }, { status: 404 }),
      new Response('', { status: 409 }),
      answer(image),
    ]
    const { client, sent } = openAccount({
      fetch: async () => replies.shift() ?? Response.error(),
      batch: 'off',
    })
    expect(await client.images.upload({ file }, ours)).toMatchObject({ id: 'ours' })
    expect(sent).toEqual(['POST v1', 'GET v1/ours', 'POST v1', 'GET v1/ours'])
  })
})

describe('a stream', () => {
  test('that is too long is cancelled, and nothing is sent', async () => {
    const cancel = vi.fn()
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
      cancel,
    })
    const { client, sent } = openAccount()
    const upload = client.images.upload({ stream, name: 'a', type: 'image/png' }, isPrivate)
    await expect(upload).rejects.toMatchObject({ code: 'file_too_large' })
    expect(cancel).toHaveBeenCalledOnce()
    expect(sent).toEqual([])
  })

  test('may have a limit of its own', async () => {
    const { client } = openAccount()
    const source = { name: 'a', type: 'image/png', maxBytes: 5 }
    const upload = client.images.upload(
      { ...source, stream: makeStream(new Uint8Array(6)) },
      isPrivate,
    )
    await expect(upload).rejects.toThrow(/more than 5 bytes/)
    const strange = { ...source, maxBytes: 10_000_001, stream: makeStream() }
    await expect(client.images.upload(strange, isPrivate)).rejects.toBeInstanceOf(RangeError)
  })

  test('that never ends runs into the deadline, and is cancelled', async () => {
    const cancel = vi.fn()
    const stream = new ReadableStream<Uint8Array>({ cancel })
    const { client, sent } = openAccount()
    const source = { stream, name: 'a', type: 'image/png' }
    const upload = client.images.upload(source, { ...isPrivate, deadlineMs: 10 })
    await expect(upload).rejects.toMatchObject({ code: 'transfer_timed_out' })
    expect(cancel).toHaveBeenCalledOnce()
    expect(sent).toEqual([])
  })

  test('whose caller leaves is cancelled', async () => {
    const cancel = vi.fn()
    const stream = new ReadableStream<Uint8Array>({ cancel })
    const leaving = new AbortController()
    const { client } = openAccount()
    const source = { stream, name: 'a', type: 'image/png' }
    const upload = client.images.upload(source, { ...isPrivate, signal: leaving.signal })
    leaving.abort(new Error('left'))
    await expect(upload).rejects.toThrow('left')
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('is cancelled unread if the caller has left before', async () => {
    const cancel = vi.fn()
    const stream = new ReadableStream<Uint8Array>({ cancel })
    const { client } = openAccount()
    const signal = AbortSignal.abort(new Error('left'))
    const source = { stream, name: 'a', type: 'image/png' }
    await expect(client.images.upload(source, { ...isPrivate, signal })).rejects.toThrow('left')
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('leaves no timer behind', async () => {
    const time = createVirtualTime()
    const { client } = openAccount({
      ...time,
      fetch: async () => answer({ id: 'a' }),
      batch: 'off',
    })
    const source = { stream: makeStream(new Uint8Array(1)), name: 'a', type: 'image/png' }
    await client.images.upload(source, isPrivate)
    expect(time.timers()).toBe(0)
  })

  test('that somebody else reads is a mistake', async () => {
    const stream = makeStream()
    stream.getReader()
    const upload = openAccount().client.images.upload({ stream, name: 'a', type: 'a' }, isPrivate)
    await expect(upload).rejects.toBeInstanceOf(TypeError)
  })

  test('that breaks off is told apart from Cloudflare’s failures', async () => {
    const cause = new Error('reset')
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) })
    const { client, sent } = openAccount()
    const upload = client.images.upload({ stream, name: 'a', type: 'image/png' }, isPrivate)
    await expect(upload).rejects.toMatchObject({ code: 'transfer_interrupted', cause })
    expect(sent).toEqual([])
  })
})

describe('before it is sent, an upload is refused', () => {
  test.each([
    ['an empty file', new Blob([]), 'file_empty'],
    ['a file over 10 MB', new Blob([new Uint8Array(10_000_001)]), 'file_too_large'],
  ])('with %s', async (_, empty, code) => {
    const { client, sent } = openAccount()
    await expect(client.images.upload({ file: empty }, isPrivate)).rejects.toMatchObject({ code })
    expect(sent).toEqual([])
  })

  test.each<[string, UploadSource, UploadOptions, typeof Error]>([
    ['metadata', { file }, { ...isPrivate, metadata: { a: 'ü'.repeat(509) } }, RangeError],
    ['creator', { file }, { ...isPrivate, creator: 'x'.repeat(1025) }, RangeError],
    ['id', { file }, { privacy: 'public', id: 'keys' }, TypeError],
    ['id', { file }, { privacy: 'public', id: crypto.randomUUID() }, TypeError],
    ['id', { file }, { privacy: 'public', id: '/a' }, TypeError],
    ['deadline', { file }, { ...isPrivate, deadlineMs: 0 }, RangeError],
    ['address', { url: 'ftp://ada:secret@pictures.example/a.png' }, isPrivate, TypeError],
    ['address', { url: 'https://ada:secret@' }, isPrivate, TypeError],
    ['address', { url: '/a.png?secret' }, isPrivate, TypeError],
  ])('with a wrong %s, which is not repeated', async (_, source, options, kind) => {
    const { client, sent } = openAccount()
    const error = await client.images.upload(source, options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(kind)
    expect(String(error)).not.toContain('secret')
    expect(sent).toEqual([])
  })

  test('with an id of one’s own on a private image, by the compiler too', async () => {
    const { client, sent } = openAccount()
    // @ts-expect-error An image with an id of its own cannot be private.
    const upload = client.images.upload({ file }, { privacy: 'private', id: 'a' })
    await expect(upload).rejects.toBeInstanceOf(TypeError)
    expect(sent).toEqual([])
  })

  test.each([undefined, 'Private', ''])(
    'with the privacy %j: a slip of the pen must not show a picture to everybody',
    async (privacy) => {
      const { client, sent } = openAccount()
      const options = JSON.parse(JSON.stringify({ privacy }))
      await expect(client.images.upload({ file }, options)).rejects.toBeInstanceOf(TypeError)
      expect(sent).toEqual([])
    },
  )

  test('with something that is no file, and is not called too large', async () => {
    const { client, sent } = openAccount()
    // @ts-expect-error Bytes are no file.
    const upload = client.images.upload({ file: new Uint8Array(9) }, isPrivate)
    await expect(upload).rejects.toBeInstanceOf(TypeError)
    expect(sent).toEqual([])
  })

  test('but not with what just fits', async () => {
    const { client } = openAccount()
    const options = { ...isPrivate, metadata: { a: 'ü'.repeat(508) }, creator: 'x'.repeat(1024) }
    await expect(
      client.images.upload({ file: makePicture(10_000_000) }, options),
    ).resolves.toBeDefined()
  })
})
