/** What our server does with bytes that are not as announced, and with places that are full. */
import { ImagesError } from '@lightfast/core'
import type { StartedUpload } from '@lightfast/core'
import { expect, test } from 'vitest'
import { createMemoryByteStore } from '../bytes/memory-byte-store.ts'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'

const relay: OpenUploads = { rungs: ['relay'] }

interface Sent {
  readonly body?: ReadableStream<Uint8Array>
  readonly contentLength?: number
  readonly attemptId?: string
}

function send({ uploads }: TestUploads, { image, way }: StartedUpload, sent: Sent = {}) {
  const { body = toStream(png), contentLength, attemptId = way?.attemptId ?? '' } = sent
  return uploads.putBytes(ada, image.id, { attemptId, body, contentLength })
}

async function expectNothingKept(app: TestUploads, id: string): Promise<void> {
  expect(await app.kept()).toEqual([])
  expect((await app.store.records.find(id))?.kept).toBeNull()
}

test('a length that is not the announced one is refused before a byte is read', async () => {
  const app = await openUploads(relay)
  const started = await app.uploads.start(ada, makeRequest())
  const body = toStream(png)
  await expect(send(app, started, { body, contentLength: 9 })).rejects.toMatchObject({
    code: 'invalid_request',
    field: 'content-length',
  })
  expect(body.locked).toBe(false)
  await expectNothingKept(app, started.image.id)
})

test.each([
  ['shorter', png.subarray(0, 20), 'transfer_interrupted'],
  ['longer', new Uint8Array([...png, 0]), 'invalid_request'],
])('a body that is %s than announced is dropped, and can be sent again', async (_, bytes, code) => {
  const app = await openUploads(relay)
  const started = await app.uploads.start(ada, makeRequest())
  await expect(send(app, started, { body: toStream(bytes) })).rejects.toMatchObject({ code })
  await expectNothingKept(app, started.image.id)
  expect((await send(app, started)).image.state).toBe('ready')
})

test('a connection that breaks leaves nothing behind', async () => {
  const app = await openUploads(relay)
  const started = await app.uploads.start(ada, makeRequest())
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(png.subarray(0, 9)),
    pull: (controller) => controller.error(new TypeError('terminated')),
  })
  await expect(send(app, started, { body })).rejects.toMatchObject({ code: 'transfer_interrupted' })
  await expectNothingKept(app, started.image.id)
})

test('bytes that are no picture are rejected by our own look, whatever was claimed', async () => {
  const app = await openUploads(relay)
  const text = new TextEncoder().encode('<html>hello</html>')
  const started = await app.uploads.start(ada, makeRequest({ sizeBytes: text.length }))
  await expect(send(app, started, { body: toStream(text) })).rejects.toMatchObject({
    code: 'file_type_unsupported',
    stage: 'check',
  })
  await app.pass(1000)
  expect(await app.store.records.find(started.image.id)).toMatchObject({
    state: 'rejected',
    failure: { code: 'file_type_unsupported', stage: 'check' },
  })
  await expectNothingKept(app, started.image.id)
  expect(await app.images()).toEqual([])
})

test('of two requests with the same bytes one is told to wait', async () => {
  const app = await openUploads(relay)
  const started = await app.uploads.start(ada, makeRequest())
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const first = send(app, started, { body: readable })
  const writer = writable.getWriter()
  await writer.write(png.subarray(0, 9))
  await expect(send(app, started)).rejects.toMatchObject({
    code: 'upload_conflict',
    failure: { retryAfterMs: 5000 },
  })
  await writer.write(png.subarray(9))
  await writer.close()
  expect((await first).image.state).toBe('ready')
  expect((await send(app, started)).image.state).toBe('ready')
  expect(await app.images()).toHaveLength(1)
})

test('an attempt of another upload, of another rung, or that is over, brings nothing', async () => {
  const app = await openUploads({ rungs: ['direct', 'relay'] })
  const direct = await app.uploads.start(ada, makeRequest())
  await expect(send(app, direct)).rejects.toMatchObject({ field: 'attemptId' })
  const other = await app.uploads.start(ada, makeRequest())
  const attemptId = other.way?.attemptId ?? ''
  await expect(send(app, direct, { attemptId })).rejects.toMatchObject({ field: 'attemptId' })
  await expect(
    app.uploads.putBytes({ id: 'eve' }, direct.image.id, {
      attemptId,
      body: toStream(png),
      contentLength: undefined,
    }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a place that is full says so before a byte is read, and the upload can go on later', async () => {
  const app = await openUploads({ ...relay, limits: { ownerBytes: png.length } })
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  const parking = await openUploads({ rungs: ['park'], limits: { ownerBytes: png.length + 1 } })
  parking.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  const first = await parking.uploads.start(ada, makeRequest())
  expect((await send(parking, first)).image.state).toBe('parked')
  const second = await parking.uploads.start(ada, makeRequest())
  await expect(send(parking, second)).rejects.toMatchObject({ code: 'storage_full' })
  parking.emulator.faults.clear()
  await parking.pass(600_000)
  expect((await send(parking, second)).image.state).toBe('parked')
  await parking.pass(600_000)
  expect(await parking.images()).toHaveLength(2)
})

test('a disk that is full is told as such, and its room is given back', async () => {
  const bytes = createMemoryByteStore({ maxTotalBytes: 10 })
  const app = await openUploads({ ...relay, bytes })
  const started = await app.uploads.start(ada, makeRequest())
  await expect(send(app, started)).rejects.toMatchObject({
    code: 'storage_full',
    stage: 'transfer',
  })
  await expectNothingKept(app, started.image.id)
})

test('an upload that was deleted while its bytes were on their way is not sent on', async () => {
  const app = await openUploads(relay)
  const started = await app.uploads.start(ada, makeRequest())
  app.once(/images\/v1$/, () => app.uploads.remove(ada, started.image.id))
  await send(app, started).catch((error: unknown) => expect(error).toBeInstanceOf(ImagesError))
  await app.pass(3_600_000)
  expect(await app.images()).toEqual([])
  expect(await app.kept()).toEqual([])
})

test('bytes that were not looked at yet are not shown, nor sent on, by what was known of earlier ones', async () => {
  const app = await openUploads({ rungs: ['park'] })
  const started = await app.uploads.start(ada, makeRequest())
  app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 400, code: 5411 }])
  await send(app, started)
  await app.pass(60_000)
  await app.bytes.delete(started.image.id)
  app.emulator.faults.clear()
  const { uploadId } = started.image
  const again = await app.uploads.start(ada, makeRequest({ uploadId }))
  // Killed as soon as the bytes are there: of the same length, and no picture.
  const killed = await openUploads({
    ...app,
    rungs: ['park'],
    bytes: { ...app.bytes, open: () => new Promise<undefined>(() => undefined) },
  })
  void send(killed, again, { body: toStream(new Uint8Array(png.length)) })
  await expect.poll(() => app.kept()).toEqual([started.image.id])
  await expect(app.uploads.preview(ada, started.image.id)).rejects.toMatchObject({
    code: 'not_found',
  })
  await app.pass(3_600_000)
  expect((await app.uploads.start(ada, makeRequest({ uploadId }))).way).not.toBeNull()
})

test('a caller that leaves ends its upload, and nothing of it is kept', async () => {
  const app = await openUploads(relay)
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const leaving = new AbortController()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const received = { attemptId: way?.attemptId ?? '', body: readable, contentLength: undefined }
  const putting = app.uploads.putBytes(ada, image.id, { ...received, signal: leaving.signal })
  await writable.getWriter().write(png.subarray(0, 9))
  leaving.abort()
  await expect(putting).rejects.toMatchObject({ code: 'transfer_interrupted' })
  await expectNothingKept(app, image.id)
})

test('a file that is not taken is closed', async () => {
  const app = await openUploads(relay)
  let cancelled = 0
  const body = () => new ReadableStream<Uint8Array>({ cancel: () => void (cancelled += 1) })
  const kind = { ...makeRequest(), kind: 'unknown' }
  await expect(app.uploads.storeFile(ada, kind, body())).rejects.toMatchObject({ field: 'kind' })
  const direct = await openUploads({ rungs: ['direct'] })
  await expect(direct.uploads.storeFile(ada, makeRequest(), body())).rejects.toThrow(TypeError)
  expect(cancelled).toBe(2)
})
