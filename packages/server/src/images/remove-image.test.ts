import { describe, expect, test } from 'vitest'
import { ada, makeRequest, openUploads, post } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

const cover = { type: 'article', thingId: '42', field: 'cover' }

async function upload({ uploads, emulator }: TestUploads, principal = ada): Promise<string> {
  const { image, way } = await uploads.start(principal, makeRequest())
  await post(emulator, way)
  await uploads.complete(principal, image.id, { attemptId: way?.attemptId ?? '' })
  return image.id
}

describe('a deleted image', () => {
  test('is gone from lists at once, at Cloudflare by a job, and stays in the audit', async () => {
    const app = await openUploads()
    const id = await upload(app)
    await app.uploads.remove(ada, id)
    expect((await app.uploads.list(ada, {})).images).toEqual([])
    await app.pass(1000)
    expect(await app.images()).toEqual([])
    expect((await app.uploads.operator.audit(id)).at(-1)).toMatchObject({
      from: 'ready',
      to: 'deleted',
      actor: 'ada',
    })
  })

  test('is deleted at Cloudflare when Cloudflare is back', async () => {
    const app = await openUploads()
    const id = await upload(app)
    app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
    await app.uploads.remove(ada, id)
    await app.pass(6 * 3_600_000)
    app.emulator.faults.clear()
    await app.pass(600_000)
    expect(await app.images()).toEqual([])
  })

  test('is somebody else’s: it is missing, and stays', async () => {
    const app = await openUploads()
    const id = await upload(app)
    await expect(app.uploads.remove({ id: 'eve' }, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await app.images()).toHaveLength(1)
  })

  test('takes its unfinished uploads along: bytes that come later find no slot', async () => {
    const app = await openUploads()
    const { image, way } = await app.uploads.start(ada, makeRequest())
    await app.uploads.remove(ada, image.id)
    await app.pass(1000)
    expect((await post(app.emulator, way)).ok).toBe(false)
    await app.pass(3_600_000)
    expect(await app.store.jobs.list({ limit: 9 })).toEqual([])
  })
})

describe('an image in use', () => {
  test('is not deleted, unless it is forced', async () => {
    const app = await openUploads()
    const id = await upload(app)
    await app.uploads.usages.add(ada, id, cover)
    await expect(app.uploads.remove(ada, id)).rejects.toMatchObject({ code: 'image_in_use' })
    await app.uploads.usages.remove(ada, id, cover)
    const other = await upload(app)
    await app.uploads.usages.add(ada, other, cover)
    await app.uploads.remove(ada, id)
    await app.uploads.remove(ada, other, { mode: 'force' })
    await app.pass(1000)
    expect(await app.images()).toEqual([])
  })

  test('is not deleted either if the two are asked for at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const app = await openUploads()
      const id = await upload(app)
      const [used, removed] = await Promise.allSettled([
        app.uploads.usages.add(ada, id, cover),
        app.uploads.remove(ada, id),
      ])
      expect([used.status, removed.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    }
  })

  test('is no orphan; one that nothing has used for long enough is', async () => {
    const app = await openUploads()
    const used = await upload(app)
    const orphan = await upload(app)
    await app.uploads.usages.add(ada, used, cover)
    await app.pass(7_200_000)
    const orphans = () => app.uploads.operator.orphans({ unusedMs: 3_600_000, limit: 9 })
    expect((await orphans()).map(({ id }) => id)).toEqual([orphan])
    await app.uploads.usages.remove(ada, used, cover)
    expect(await orphans()).toHaveLength(1)
    await app.pass(7_200_000)
    expect(await orphans()).toHaveLength(2)
  })

  test('is told to its owner, and to nobody else', async () => {
    const app = await openUploads()
    const id = await upload(app)
    await app.uploads.usages.add(ada, id, cover)
    expect(await app.uploads.usages.of(ada, id)).toMatchObject([cover])
    await expect(app.uploads.usages.of({ id: 'eve' }, id)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(app.uploads.usages.add({ id: 'eve' }, id, cover)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(app.uploads.usages.add(ada, id, { ...cover, field: '' })).rejects.toMatchObject({
      field: 'field',
    })
  })
})
