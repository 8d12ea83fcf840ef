import { describe, expect, test } from 'vitest'
import { ada, makeRequest, openUploads, post } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

async function start(app: TestUploads) {
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const [attempt] = await app.store.attempts.of(image.id)
  return { id: image.id, way, cloudflareId: attempt?.cloudflareId ?? '' }
}

const stateOf = async ({ store }: TestUploads, id: string) => (await store.records.find(id))?.state

describe('a notification', () => {
  test.each([
    ['id', (id: string) => ({ id })],
    ['imageId', (imageId: string) => ({ imageId })],
    ['image_id', (image_id: string) => ({ image_id, status: 'success' })],
    ['image.id', (id: string) => ({ image: { id } })],
    ['result.id', (id: string) => ({ result: { id }, success: true })],
  ])('makes an image ready once Cloudflare says so, wherever its id is (%s)', async (_, data) => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    await post(app.emulator, way)
    expect(await app.uploads.hearWebhook({ text: 'x', data: data(cloudflareId) })).toBe('known')
    expect(await stateOf(app, id)).toBe('ready')
  })

  test('is not believed: the bytes are not there', async () => {
    const app = await openUploads()
    const { id, cloudflareId } = await start(app)
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId } })
    expect(await stateOf(app, id)).toBe('pending')
  })

  test('of a refusal rejects the file if Cloudflare does not have it', async () => {
    const app = await openUploads()
    const { id, cloudflareId } = await start(app)
    const data = { id: cloudflareId, error: { code: 9422 } }
    await app.uploads.hearWebhook({ text: 'x', data })
    expect(await app.store.records.find(id)).toMatchObject({
      state: 'rejected',
      failure: { code: 'file_refused_by_host' },
    })
  })

  test('of a refusal is forged if Cloudflare has the file', async () => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    await post(app.emulator, way)
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 5455 } })
    expect(await stateOf(app, id)).toBe('ready')
  })

  test('with a code that is not about the file rejects nothing', async () => {
    const app = await openUploads()
    const { id, cloudflareId } = await start(app)
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 5550 } })
    expect(await stateOf(app, id)).toBe('pending')
  })

  test('is remembered while Cloudflare does not answer', async () => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    app.emulator.faults.set([
      { on: 'upload', effect: 'refuse-later', code: 9422, message: 'damaged', details: 'draft' },
      { on: 'details', effect: 'answer', status: 503 },
    ])
    await post(app.emulator, way)
    await app.uploads.complete(ada, id, { attemptId: way?.attemptId ?? '' })
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 9422 } })
    expect(await stateOf(app, id)).toBe('delivered')
    app.emulator.faults.clear()
    await app.pass(120_000)
    expect(await stateOf(app, id)).toBe('rejected')
  })

  test('that comes again, late, or in the wrong order changes nothing', async () => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    await post(app.emulator, way)
    const notification = { text: 'x', data: { id: cloudflareId } }
    await app.uploads.hearWebhook(notification)
    const audit = await app.store.audit.of(id)
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 5455 } })
    await app.uploads.hearWebhook(notification)
    expect(await app.store.audit.of(id)).toEqual(audit)
  })

  test.each([
    ['the test message of the dashboard', { text: 'Hello World!' }, 'test'],
    ['somebody else’s image', { text: 'x', data: { id: 'nothing-of-ours' } }, 'unknown'],
    ['no id at all', { text: 'x', data: { what: [1, 2] } }, 'unknown'],
    ['an id that is no text', { text: 'x', data: { id: { $ne: null } } }, 'unknown'],
  ])('about %s is heard, and does nothing', async (_, body, heard) => {
    const app = await openUploads()
    expect(await app.uploads.hearWebhook(body)).toBe(heard)
  })

  test.each([undefined, null, 'text', [], { data: 'text' }])(
    'that is %j is refused',
    async (body) => {
      const app = await openUploads()
      await expect(app.uploads.hearWebhook(body)).rejects.toMatchObject({ code: 'invalid_request' })
    },
  )
})

describe('a notification that comes while Cloudflare does not answer', () => {
  test('is followed up, though no browser has said that the bytes have arrived', async () => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    await post(app.emulator, way)
    app.emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId } })
    expect(await stateOf(app, id)).toBe('pending')
    app.emulator.faults.clear()
    await app.pass(120_000)
    expect(await stateOf(app, id)).toBe('ready')
  })

  test('ends no slot before its time, so that what comes by it later is deleted', async () => {
    const app = await openUploads()
    const { id, way, cloudflareId } = await start(app)
    app.emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
    await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 5455 } })
    app.emulator.faults.clear()
    await app.pass(120_000)
    expect(await stateOf(app, id)).toBe('rejected')
    await post(app.emulator, way)
    expect(await app.images()).toHaveLength(1)
    await app.pass(3_600_000)
    expect(await app.images()).toEqual([])
  })
})

test('a code that is none of Cloudflare’s is not kept: a column might not hold it', async () => {
  const app = await openUploads()
  const { id, cloudflareId } = await start(app)
  await app.uploads.hearWebhook({ text: 'x', data: { id: cloudflareId, code: 1e300 } })
  expect((await app.store.attempts.of(id))[0]?.refusalCode).toBeNull()
})
