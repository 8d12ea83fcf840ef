import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, post } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

const HOUR = 3_600_000

async function upload({ uploads, emulator }: TestUploads): Promise<string> {
  const { image, way } = await uploads.start(ada, makeRequest())
  await post(emulator, way)
  await uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
  return image.id
}

/** An account in which everything that can be wrong is. */
async function openMess() {
  const app = await openUploads()
  const { client, store, uploads, bytes } = app
  const kept = await upload(app)
  const vanished = await upload(app)
  const record = await store.records.find(vanished)
  await client.images.delete(record?.cloudflareId ?? '')
  const file = new Blob([png], { type: 'image/png' })
  await client.images.upload({ file }, { privacy: 'private', creator: 'another app' })
  const late = await uploads.start(ada, makeRequest())
  await post(app.emulator, late.way)
  const [attempt] = await store.attempts.of(kept)
  const metadata = { attemptId: attempt?.id ?? '' }
  await client.images.upload({ file }, { privacy: 'private', metadata })
  await bytes.put('00000000-0000-4000-8000-000000000009', file.stream(), { maxBytes: 99 })
  return { app, vanished, late: late.image.id }
}

test('a look finds what a mend then mends, with the same figures, and leaves alone what is not ours', async () => {
  const { app, vanished, late } = await openMess()
  const { operator } = app.uploads
  // Bytes that nobody needs are stray after an hour; nothing else is done meanwhile.
  const later = await openLater(app)
  const looked = await later.reconcile({ mode: 'look' })
  expect(looked).toEqual({
    images: 4,
    foreign: 1,
    followed: 0,
    adopted: 1,
    swept: 1,
    vanished: [vanished],
    stuck: 0,
    strayBytes: 1,
  })
  expect(await later.reconcile({ mode: 'look' })).toEqual(looked)
  expect(await later.reconcile({ mode: 'mend' })).toEqual(looked)
  await app.pass(3 * HOUR)
  expect((await app.store.records.find(late))?.state).toBe('ready')
  expect(await app.images()).toHaveLength(3)
  expect(await app.kept()).toEqual([])
  expect(await operator.reconcile({ mode: 'look' })).toMatchObject({
    foreign: 1,
    adopted: 0,
    swept: 0,
  })
})

async function openLater({ client, store, bytes, now }: TestUploads) {
  const options = { client, store, bytes, now: () => now() + 2 * HOUR }
  return (await openUploads(options)).uploads.operator
}

test('a record whose job was lost gets one again', async () => {
  const app = await openUploads()
  const { image } = await app.uploads.start(ada, makeRequest())
  for (const job of await app.store.jobs.list({ limit: 9 })) {
    const [claimed] = await app.store.jobs.claim({
      lease: { owner: 'x', until: app.now() + HOUR * 9 },
      now: app.now() + HOUR * 9,
      limit: 1,
      keys: [job.key],
    })
    if (claimed) await app.store.jobs.settle(claimed, 'x', { status: 'done' })
  }
  await app.pass(HOUR)
  expect((await app.store.records.find(image.id))?.state).toBe('pending')
  expect(await app.uploads.operator.reconcile({ mode: 'mend' })).toMatchObject({ stuck: 1 })
  await app.pass(HOUR)
  expect((await app.store.records.find(image.id))?.state).not.toBe('pending')
})

test('a record follows its image to another id: a change of privacy gives a new one', async () => {
  const app = await openUploads()
  const id = await upload(app)
  const record = await app.store.records.find(id)
  const { client, uploads } = app
  const { id: moved } = await client.images.update(record?.cloudflareId ?? '', {
    privacy: 'public',
  })
  const expected = { foreign: 0, followed: 1, swept: 0, vanished: [] }
  const { operator } = uploads
  expect(await operator.reconcile({ mode: 'look' })).toMatchObject(expected)
  expect(await operator.reconcile({ mode: 'mend' })).toMatchObject(expected)
  expect(await operator.reconcile({ mode: 'mend' })).toMatchObject({ followed: 0, swept: 0 })
  await app.pass(HOUR)
  expect(await app.images()).toEqual([moved])
  const now = await app.store.records.find(id)
  expect(now).toMatchObject({ state: 'ready', cloudflareId: moved, privacy: 'public' })
})

test('a record whose job was given up gets one again', async () => {
  const app = await openUploads()
  const { image } = await app.uploads.start(ada, makeRequest())
  app.emulator.faults.set([{ on: 'details', effect: 'answer', status: 400, code: 5411 }])
  await app.pass(2 * HOUR)
  expect((await app.store.records.find(image.id))?.state).toBe('pending')
  app.emulator.faults.clear()
  expect(await app.uploads.operator.reconcile({ mode: 'look' })).toMatchObject({ stuck: 1 })
  expect(await app.uploads.operator.reconcile({ mode: 'mend' })).toMatchObject({ stuck: 1 })
  await app.pass(HOUR)
  expect((await app.store.records.find(image.id))?.state).toBe('expired')
  expect(await app.store.jobs.list({ limit: 9 })).toEqual([])
})

test('bytes that have just come in are nobody’s stray', async () => {
  const app = await openUploads()
  const key = crypto.randomUUID()
  await app.bytes.put(key, new Blob([png]).stream(), { maxBytes: 99 })
  expect(await app.uploads.operator.reconcile({ mode: 'mend' })).toMatchObject({ strayBytes: 0 })
  expect(await app.kept()).toEqual([key])
})
