import { ImagesError } from '@lightfast/core'
import { rgbaToThumbHash } from 'thumbhash'
import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, post } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'
import type { ImageRecord } from './record.ts'
import type { Likeness } from './thumbhash-job.ts'

/** Of one red pixel. */
const red = btoa(String.fromCharCode(...rgbaToThumbHash(1, 1, [255, 0, 0, 255])))
const HOUR_MS = 3_600_000

/** An app that makes likenesses: what either side does can be changed on the way. */
async function setUp(options: OpenUploads = {}) {
  const asked: ImageRecord[] = []
  const rig = {
    source: async () => ({ bytes: png, contentType: 'image/png' }),
    toThumbhash: async () => red,
  }
  const likeness: Likeness = {
    source(record) {
      asked.push(record)
      return rig.source()
    },
    toThumbhash: () => rig.toThumbhash(),
  }
  const app = await openUploads({ likeness, ...options })
  return { app, asked, rig }
}

async function upload({ uploads, emulator }: TestUploads): Promise<string> {
  const { image, way } = await uploads.start(ada, makeRequest())
  await post(emulator, way)
  const attemptId = way?.attemptId ?? ''
  const done = await uploads.complete(ada, image.id, { attemptId })
  expect(done.image).toMatchObject({ state: 'ready', thumbhash: null })
  return image.id
}

const read = async ({ uploads }: TestUploads, id: string) => (await uploads.status(ada, id)).image

test('an image has a likeness soon after it is ready, and its owner sees it', async () => {
  const { app, asked } = await setUp()
  const id = await upload(app)
  await app.runner.drain()
  expect(await read(app, id)).toMatchObject({ state: 'ready', thumbhash: red })
  expect(asked.map((record) => record.id)).toEqual([id])
  expect(await app.store.jobs.find(`thumbhash:${id}`)).toBeUndefined()
})

test('so does one that was registered', async () => {
  const { app } = await setUp()
  const file = new Blob([png], { type: 'image/png' })
  const options = { privacy: 'private', creator: 'ada' } as const
  const { id: cloudflareId } = await app.client.images.upload({ file, name: 'old.png' }, options)
  const { image } = await app.uploads.register(ada, { cloudflareId, kind: 'photo' })
  await app.runner.drain()
  expect((await read(app, image.id)).thumbhash).toBe(red)
})

test('none is made unless it is asked for', async () => {
  const app = await openUploads()
  const id = await upload(app)
  expect(await app.store.jobs.find(`thumbhash:${id}`)).toBeUndefined()
})

test('an image is ready without a likeness, which comes when the host is back', async () => {
  const { app, rig, asked } = await setUp()
  rig.source = () => Promise.reject(new ImagesError('host_unavailable', 'Not now.'))
  const id = await upload(app)
  await app.pass(60_000)
  expect(await read(app, id)).toMatchObject({ state: 'ready', failure: null, thumbhash: null })
  rig.source = async () => ({ bytes: png, contentType: 'image/png' })
  await app.pass(HOUR_MS)
  expect((await read(app, id)).thumbhash).toBe(red)
  expect(asked.length).toBeLessThan(12)
})

test.each<[string, () => Promise<string>]>([
  ['cannot be made', () => Promise.reject(new Error('It is odd.'))],
  ['is no likeness', async () => '<script>alert(1)</script>'],
  ['is far too large', async () => 'A'.repeat(500)],
])('one that %s is given up, and nobody but an operator hears of it', async (_, toThumbhash) => {
  const { app, rig } = await setUp()
  rig.toThumbhash = toThumbhash
  const id = await upload(app)
  await app.pass(3 * HOUR_MS)
  expect(await read(app, id)).toMatchObject({ state: 'ready', failure: null, thumbhash: null })
  expect(await app.store.jobs.find(`thumbhash:${id}`)).toMatchObject({ state: 'dead' })
})

test('is written after what somebody else has written meanwhile, which stays', async () => {
  const { app, rig } = await setUp()
  const id = await upload(app)
  rig.toThumbhash = async () => {
    const record = await app.store.records.find(id)
    if (!record) throw new Error('It is gone.')
    const beside = { actor: 'ada' }
    await app.store.records.move(record, 'ready', { metadata: { album: 'b' }, beside })
    return red
  }
  await app.runner.drain()
  expect(await app.store.records.find(id)).toMatchObject({
    metadata: { album: 'b' },
    thumbhash: red,
  })
})

test('does not bring back an image that was deleted meanwhile', async () => {
  const { app, rig } = await setUp()
  const id = await upload(app)
  rig.toThumbhash = async () => {
    await app.uploads.remove(ada, id)
    return red
  }
  await app.runner.drain()
  expect(await app.store.records.find(id)).toMatchObject({ state: 'deleted', thumbhash: null })
})

test('goes on while the API is down, since it asks delivery', async () => {
  const { app } = await setUp()
  const id = await upload(app)
  app.client.circuits.isolate('read')
  app.client.circuits.isolate('write')
  await app.runner.drain()
  expect((await app.store.records.find(id))?.thumbhash).toBe(red)
})

test('is made once, however often it is asked for', async () => {
  const { app, asked, rig } = await setUp()
  const id = await upload(app)
  await app.runner.drain()
  rig.toThumbhash = () => Promise.reject(new Error('It was asked again.'))
  await app.store.jobs.enqueue([{ kind: 'thumbhash', subject: id, runAt: app.now() }])
  await app.runner.drain()
  expect(asked).toHaveLength(1)
})
