/** The ways that bytes can take, and what is left of each when something fails at the worst moment. */
import { failures } from '@lightfast/core'
import type { FailureCode, StartedUpload } from '@lightfast/core'
import type { Fault } from '@lightfast/emulator'
import { describe, expect, test } from 'vitest'
import type { Job } from '../jobs/job-store.ts'
import { ada, makeRequest, openUploads, png, post, toStream } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const apiDown: Fault[] = [{ on: 'api', effect: 'answer', status: 503 }]
const hostDown: Fault[] = [
  { on: 'upload', effect: 'answer', status: 415, code: 5550, message: 'Internal Server Error' },
]
const all: OpenUploads = { rungs: ['direct', 'relay', 'park'] }

async function put(
  { uploads }: TestUploads,
  { image, way }: StartedUpload,
  bytes: Uint8Array = png,
) {
  if (!way || way.rung === 'direct') throw new Error('The server does not want the bytes.')
  const { attemptId } = way
  const received = { attemptId, body: toStream(bytes), contentLength: bytes.length }
  return uploads.putBytes(ada, image.id, received)
}

/** A direct upload that fails, as a browser reports it, and the way that comes next. */
async function failDirect(
  app: TestUploads,
  code: FailureCode = 'upload_host_failed',
  request = makeRequest(),
): Promise<StartedUpload> {
  const { image, way } = await app.uploads.start(ada, request)
  if (!way) throw new Error('There is no way.')
  await app.uploads.fail(ada, image.id, { attemptId: way.attemptId, code, cloudflareCode: null })
  return app.uploads.start(ada, request)
}

/** An upload that was begun while Cloudflare did not answer. */
async function park(options: OpenUploads = all) {
  const app = await openUploads(options)
  app.emulator.faults.set(apiDown)
  const started = await app.uploads.start(ada, makeRequest())
  const { image } = await put(app, started)
  return { app, image, started }
}

/** What must hold at the end of every upload, however it went. */
async function expectSettled(app: TestUploads, id: string, images: number): Promise<void> {
  await app.pass(25 * HOUR)
  expect(await app.images()).toHaveLength(images)
  expect(await app.store.jobs.list({ limit: 100 })).toEqual([])
  expect(await app.kept()).toEqual([])
  const record = await app.store.records.find(id)
  expect(record?.kept).toBeNull()
  const audit = await app.store.audit.of(id)
  expect(audit[0]).toMatchObject({ from: null, to: 'requested', version: 0 })
  for (const [at, entry] of audit.entries()) {
    expect(entry.version).toBe(at)
    expect(entry.from).toBe(audit[at - 1]?.to ?? null)
  }
  expect(audit.at(-1)?.to).toBe(record?.state)
}

describe('the rung direct', () => {
  test('is the first, and ends as one image with an audit of every step', async () => {
    const app = await openUploads()
    const { image, way, rungs } = await app.uploads.start(ada, makeRequest())
    expect([way?.rung, rungs]).toEqual(['direct', ['direct', 'relay']])
    await post(app.emulator, way)
    const reply = await app.uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
    expect(reply.image).toMatchObject({ state: 'ready', rung: 'direct', facts: 'claimed' })
    await expectSettled(app, image.id, 1)
    const audit = await app.store.audit.of(image.id)
    expect(audit.map(({ to }) => to)).toEqual(['requested', 'pending', 'delivered', 'ready'])
  })

  test('bytes that arrived though nobody came back to tell are found after the slot’s time', async () => {
    const app = await openUploads()
    const { image, way } = await app.uploads.start(ada, makeRequest())
    await post(app.emulator, way)
    await app.pass(HOUR)
    expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
    await expectSettled(app, image.id, 1)
  })

  test('an upload that nobody goes on with expires once Cloudflare was asked, and not by our clock alone', async () => {
    const app = await openUploads()
    const { image } = await app.uploads.start(ada, makeRequest())
    app.emulator.faults.set(apiDown)
    await app.pass(HOUR)
    expect((await app.store.records.find(image.id))?.state).toBe('pending')
    app.emulator.faults.clear()
    await app.pass(HOUR)
    expect((await app.uploads.status(ada, image.id)).image).toMatchObject({
      state: 'expired',
      failure: { code: 'slot_expired', stage: 'transfer' },
    })
    await expectSettled(app, image.id, 0)
  })

  test('a slot that loses is read again after its time, and its image is deleted', async () => {
    const app = await openUploads()
    const request = makeRequest()
    const first = await app.uploads.start(ada, request)
    const second = await failDirect(app, 'transfer_interrupted', request)
    expect(second.way?.attemptId).not.toBe(first.way?.attemptId)
    await post(app.emulator, second.way)
    await app.uploads.complete(ada, first.image.id, { attemptId: second.way?.attemptId ?? '' })
    // The first tab was only slow.
    await post(app.emulator, first.way)
    expect(await app.images()).toHaveLength(2)
    await expectSettled(app, first.image.id, 1)
  })

  test('an upload that expired goes on with its record when it is tried again', async () => {
    const app = await openUploads()
    const request = makeRequest()
    const { image } = await app.uploads.start(ada, request)
    await app.pass(HOUR)
    const again = await app.uploads.start(ada, request)
    expect(again.image).toMatchObject({ id: image.id, state: 'pending', failure: null })
    await post(app.emulator, again.way)
    await app.uploads.complete(ada, image.id, { attemptId: again.way?.attemptId ?? '' })
    await expectSettled(app, image.id, 1)
  })
})

describe('a clock that jumps', () => {
  test('an hour ahead while bytes are on their way: they are believed when they are there', async () => {
    const app = await openUploads()
    const { image, way } = await app.uploads.start(ada, makeRequest())
    const attemptId = way?.attemptId ?? ''
    // Only our clock jumps: Cloudflare's slot is as good as before.
    const jumped = await openUploads({
      client: app.client,
      store: app.store,
      now: () => app.now() + HOUR,
    })
    await jumped.uploads.jobs.close(await findJob(app, `close:${attemptId}`), toTools())
    expect((await app.store.records.find(image.id))?.state).toBe('expired')
    await post(app.emulator, way)
    await app.uploads.complete(ada, image.id, { attemptId })
    await expectSettled(app, image.id, 1)
  })

  test('an hour back: what is due waits for it, and nothing is lost', async () => {
    const app = await openUploads()
    const { image, way } = await app.uploads.start(ada, makeRequest())
    await post(app.emulator, way)
    const back = await openUploads({
      client: app.client,
      store: app.store,
      now: () => app.now() - HOUR,
    })
    expect((await back.uploads.status(ada, image.id)).image.state).toBe('pending')
    const attemptId = way?.attemptId ?? ''
    expect((await back.uploads.complete(ada, image.id, { attemptId })).image.state).toBe('ready')
    await expectSettled(app, image.id, 1)
  })
})

async function findJob({ store }: TestUploads, key: string): Promise<Job> {
  return (await store.jobs.find(key)) ?? expect.fail(`There is no job ${key}.`)
}

const toTools = () => ({ signal: new AbortController().signal })

describe('which rung comes next', () => {
  test('the upload host refuses everybody: this browser goes through our server at once', async () => {
    const app = await openUploads()
    expect((await failDirect(app)).way?.rung).toBe('relay')
  })

  test('a connection that broke once is tried again, and a second time it is reason enough', async () => {
    const app = await openUploads()
    const request = makeRequest()
    expect((await failDirect(app, 'transfer_interrupted', request)).way?.rung).toBe('direct')
    expect((await failDirect(app, 'transfer_interrupted', request)).way?.rung).toBe('relay')
  })

  test('three people saw the upload host fail: the fourth is not sent there at all', async () => {
    const app = await openUploads()
    for (const id of ['bea', 'cleo', 'dora']) {
      const { image, way } = await app.uploads.start({ id }, makeRequest())
      const report = { attemptId: way?.attemptId ?? '', code: 'upload_host_failed' } as const
      await app.uploads.fail({ id }, image.id, { ...report, cloudflareCode: 5550 })
    }
    expect((await app.uploads.start(ada, makeRequest())).way?.rung).toBe('relay')
  })

  test('no slot is to be had: the bytes are parked, if this server parks', async () => {
    const app = await openUploads(all)
    app.emulator.faults.set(apiDown)
    const { way, image } = await app.uploads.start(ada, makeRequest())
    expect([way?.rung, image.state]).toEqual(['park', 'requested'])
  })

  test('no slot is to be had: the browser is told so, if this server does not park', async () => {
    const app = await openUploads()
    app.emulator.faults.set(apiDown)
    const request = makeRequest()
    await expect(app.uploads.start(ada, request)).rejects.toMatchObject({
      code: 'host_unavailable',
      stage: 'provision',
    })
    const [record] = await app.store.records.list({ ownerId: 'ada', limit: 1 })
    expect(record).toMatchObject({ state: 'requested', failure: { code: 'host_unavailable' } })
  })

  test('an open circuit chooses the rung before anything has to fail', async () => {
    const app = await openUploads(all)
    app.emulator.faults.set(apiDown)
    for (let count = 0; count < 3; count += 1) await app.uploads.start(ada, makeRequest())
    const before = app.emulator.requests().length
    expect((await app.uploads.start(ada, makeRequest())).way?.rung).toBe('park')
    expect(app.emulator.requests()).toHaveLength(before)
  })

  test('a refusal that waiting does not mend is told, and not parked', async () => {
    const app = await openUploads(all)
    const fault: Fault = { on: 'direct-upload', effect: 'answer', status: 400, code: 5400 }
    app.emulator.faults.set([fault])
    await expect(app.uploads.start(ada, makeRequest())).rejects.toMatchObject({
      code: 'host_refused',
    })
    expect(failures.host_refused.retry).toBe('never')
  })
})

describe('the rung relay', () => {
  test('sends the bytes on at once, and what we saw of them is no claim', async () => {
    const app = await openUploads()
    app.emulator.faults.set(hostDown)
    const next = await failDirect(app, 'upload_host_failed', makeRequest({ width: 7, height: 7 }))
    const { image } = await put(app, next)
    expect(image).toMatchObject({ state: 'ready', rung: 'relay', facts: 'verified' })
    expect([image.width, image.height]).toEqual([1, 1])
    await expectSettled(app, image.id, 1)
  })

  test('a relay that fails for good gives the bytes back to the browser, which has its copy', async () => {
    const app = await openUploads()
    const next = await failDirect(app)
    app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 500, code: 5500 }])
    await expect(put(app, next)).rejects.toMatchObject({
      code: 'host_unavailable',
      stage: 'transfer',
    })
    expect(await app.kept()).toEqual([])
    app.emulator.faults.clear()
    await expectSettled(app, next.image.id, 0)
    expect((await app.store.records.find(next.image.id))?.state).toBe('expired')
  })

  test('a relay that fails is parked, if this server parks, and ends by itself', async () => {
    const app = await openUploads(all)
    const next = await failDirect(app)
    app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 500, code: 5500 }])
    const { image } = await put(app, next)
    expect(image).toMatchObject({ state: 'parked', failure: { stage: 'transfer' } })
    await app.pass(10 * MINUTE)
    app.emulator.faults.clear()
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
    await expectSettled(app, image.id, 1)
  })

  test('an answer that is lost after the image was made does not make a second one', async () => {
    const app = await openUploads({ times: { listLagMs: 30_000 } })
    const next = await failDirect(app)
    app.emulator.faults.set([
      { on: 'api-upload', effect: 'lose-reply', times: 1 },
      { on: 'list', effect: 'list-lag', ms: 20_000 },
    ])
    const { image } = await put(app, next)
    // Nobody can tell yet, so it is ours to find out.
    expect(image.state).toBe('parked')
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
    await expectSettled(app, image.id, 1)
  })

  test('one that is killed while it sends is gone on with by somebody else', async () => {
    const app = await openUploads()
    const next = await failDirect(app)
    const { promise: sent, resolve: reach } = Promise.withResolvers<void>()
    app.once(/images\/v1$/, () => {
      reach()
      // The process is gone: nothing that comes after this happens any more.
      return new Promise(() => undefined)
    })
    void put(app, next)
    await sent
    expect((await app.store.records.find(next.image.id))?.state).toBe('parked')
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, next.image.id)).image.state).toBe('ready')
    await expectSettled(app, next.image.id, 1)
  })
})

describe('the rung park', () => {
  test('keeps the bytes over an outage of hours, and sends them on by itself afterwards', async () => {
    const { app, image } = await park()
    expect(image).toMatchObject({ state: 'parked', rung: 'park' })
    await app.pass(6 * HOUR)
    expect((await app.uploads.status(ada, image.id)).image.state).toBe('parked')
    app.emulator.faults.clear()
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image).toMatchObject({
      state: 'ready',
      rung: 'park',
    })
    await expectSettled(app, image.id, 1)
  })

  test('asks nobody for the bytes again while it has them', async () => {
    const { app, image, started } = await park()
    const { uploadId } = started.image
    const again = await app.uploads.start(ada, makeRequest({ uploadId }))
    expect(again).toMatchObject({ image: { id: image.id, state: 'parked' }, way: null })
    expect((await put(app, started)).image.state).toBe('parked')
  })

  test('shows the owner the picture, and nobody else', async () => {
    const { app, image } = await park()
    const { file, type } = await app.uploads.preview(ada, image.id)
    expect([new Uint8Array(await file.arrayBuffer()), type]).toEqual([png, 'image/png'])
    await expect(app.uploads.preview({ id: 'eve' }, image.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('a file that Cloudflare refuses afterwards is rejected, and its bytes are dropped', async () => {
    const { app, image } = await park()
    app.emulator.faults.set([
      { on: 'api-upload', effect: 'answer', status: 415, code: 9422, message: 'damaged' },
    ])
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image).toMatchObject({
      state: 'rejected',
      failure: { code: 'file_refused_by_host', stage: 'processing' },
    })
    await expectSettled(app, image.id, 0)
  })

  test('what can never be sent on is told as such, and a replay takes it up again', async () => {
    const { app, image } = await park()
    app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 400, code: 5400 }])
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image).toMatchObject({
      state: 'expired',
      failure: { code: 'host_refused', stage: 'transfer' },
    })
    const [dead] = await app.store.jobs.list({ state: 'dead', limit: 9 })
    expect(dead).toMatchObject({ kind: 'forward', subject: image.id, code: 'host_refused' })
    app.emulator.faults.clear()
    await app.store.jobs.replay(dead?.key ?? '')
    await app.pass(MINUTE)
    expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
    await expectSettled(app, image.id, 1)
  })

  test('its owner who tries again need not send the bytes again', async () => {
    const { app, image, started } = await park()
    app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 400, code: 5400 }])
    await app.pass(10 * MINUTE)
    app.emulator.faults.clear()
    const { uploadId } = started.image
    const again = await app.uploads.start(ada, makeRequest({ uploadId }))
    expect(again).toMatchObject({ image: { state: 'parked' }, way: null })
    await app.pass(MINUTE)
    await expectSettled(app, image.id, 1)
  })

  test('bytes that vanish are told as such, and can be sent again', async () => {
    const { app, image, started } = await park()
    await app.bytes.delete(image.id)
    app.emulator.faults.clear()
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, image.id)).image).toMatchObject({
      state: 'expired',
      failure: { code: 'bytes_missing', stage: 'transfer' },
    })
    const { uploadId } = started.image
    const again = await app.uploads.start(ada, makeRequest({ uploadId }))
    expect(again.way?.rung).toBe('direct')
    await post(app.emulator, again.way)
    await app.uploads.complete(ada, image.id, { attemptId: again.way?.attemptId ?? '' })
    await expectSettled(app, image.id, 1)
  })

  test('bytes are given up when they were kept long enough', async () => {
    const { app, image } = await park({ ...all, times: { keepMs: HOUR } })
    await app.pass(2 * HOUR)
    expect(await app.store.records.find(image.id)).toMatchObject({
      state: 'expired',
      failure: { code: 'bytes_missing' },
      kept: null,
    })
    app.emulator.faults.clear()
    await expectSettled(app, image.id, 0)
  })

  test('an earlier slot that got the bytes after all wins, and nothing is sent twice', async () => {
    const app = await openUploads(all)
    const request = makeRequest()
    const first = await app.uploads.start(ada, request)
    await post(app.emulator, first.way)
    app.emulator.faults.set(apiDown)
    const report = { attemptId: first.way?.attemptId ?? '', code: 'transfer_interrupted' } as const
    await app.uploads.fail(ada, first.image.id, { ...report, cloudflareCode: null })
    const next = await app.uploads.start(ada, request)
    expect(next.way?.rung).toBe('park')
    await put(app, next)
    app.emulator.faults.clear()
    await app.pass(10 * MINUTE)
    expect((await app.uploads.status(ada, first.image.id)).image).toMatchObject({
      state: 'ready',
      rung: 'direct',
    })
    await expectSettled(app, first.image.id, 1)
  })
})
