/** What is still looked for after the time of an attempt. */
import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('an attempt that is sent again is not closed by the time of its first send: its image is swept if another one wins', async () => {
  const app = await openUploads({ rungs: ['park'] })
  const request = makeRequest()
  const { image, way } = await app.uploads.start(ada, request)
  // The first send is refused in order, so nothing can have arrived.
  app.emulator.faults.set([{ on: 'api-upload', effect: 'answer', status: 400, code: 5411 }])
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  await app.pass(10 * MINUTE - 1000)
  // The answer to the second is lost, and the lists lag longer than they should.
  app.emulator.faults.set([
    { on: 'api-upload', effect: 'lose-reply', times: 1 },
    { on: 'list', effect: 'list-lag', ms: 5 * MINUTE },
  ])
  await app.uploads.start(ada, request)
  await app.pass(25 * HOUR)
  expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
  expect(await app.images()).toHaveLength(1)
})

test('what has won is not closed, though the lists do not show it yet', async () => {
  const app = await openUploads({ rungs: ['relay'] })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  app.emulator.faults.set([{ on: 'list', effect: 'list-lag', ms: HOUR }])
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  await app.pass(20 * MINUTE)
  expect(await app.store.attempts.of(image.id)).toMatchObject([{ outcome: 'won' }])
  expect(await app.store.jobs.find(`close:${way?.attemptId}`)).toBeUndefined()
})

test('an image that got a new id by a change of its privacy is not taken for a loser', async () => {
  const app = await openUploads({ rungs: ['relay'] })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  const { cloudflareId } = (await app.store.records.find(image.id)) ?? {}
  const { id } = await app.client.images.update(cloudflareId ?? '', { privacy: 'public' })
  await app.pass(HOUR)
  expect(await app.images()).toEqual([id])
})

test('an attempt that is sent in the moment in which it is to be closed is not closed', async () => {
  const { store, now } = await openUploads()
  let cutIn: (() => Promise<unknown>) | undefined
  const attempts: typeof store.attempts = {
    ...store.attempts,
    async change(changes, jobs) {
      await cutIn?.()
      return store.attempts.change(changes, jobs)
    },
  }
  const app = await openUploads({ rungs: ['park'], store: { ...store, attempts } })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const id = way?.attemptId ?? ''
  await store.jobs.enqueue([{ kind: 'close', subject: id, runAt: now() }])
  cutIn = () => store.attempts.change([{ id, set: { sentAt: app.now() } }])
  await app.runner.drain()
  expect(await store.attempts.find(id)).toMatchObject({ outcome: 'open' })
  cutIn = undefined
  await app.pass(5 * MINUTE)
  expect(await store.attempts.find(id)).toMatchObject({ outcome: 'open' })
  await app.pass(HOUR)
  expect(await store.attempts.find(id)).toMatchObject({ outcome: 'closed' })
  expect((await store.records.find(image.id))?.state).toBe('expired')
})

test('an upload that is over says why its last try failed', async () => {
  const app = await openUploads({ rungs: ['direct'] })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const report = { attemptId: way?.attemptId ?? '', code: 'upload_host_failed' } as const
  await app.uploads.fail(ada, image.id, { ...report, cloudflareCode: null })
  await app.pass(HOUR)
  expect(await app.store.records.find(image.id)).toMatchObject({
    state: 'expired',
    failure: { code: 'upload_host_failed', stage: 'transfer' },
  })
})

test('a file is rejected once, though its slot is read again after its time', async () => {
  const app = await openUploads({ rungs: ['direct'] })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const report = { attemptId: way?.attemptId ?? '', code: 'file_refused_by_host' } as const
  await app.uploads.fail(ada, image.id, { ...report, cloudflareCode: 5455 })
  await app.pass(HOUR)
  const audit = await app.store.audit.of(image.id)
  expect(audit.filter(({ to }) => to === 'rejected')).toHaveLength(1)
})

test('a second image of one send is deleted, and the one that has won stays', async () => {
  const app = await openUploads({ rungs: ['relay'] })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  const won = (await app.store.records.find(image.id))?.cloudflareId
  const metadata = { attemptId: received.attemptId }
  await app.client.images.upload({ file: new Blob([png]) }, { privacy: 'private', metadata })
  await app.pass(HOUR)
  expect(await app.images()).toEqual([won])
})
