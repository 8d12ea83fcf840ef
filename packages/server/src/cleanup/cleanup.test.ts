import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'
import { carryOutCleanup } from './carry-out-cleanup.ts'
import { planCleanup } from './plan-cleanup.ts'
import type { CleanupAges } from './plan-cleanup.ts'

const DAY_MS = 86_400_000
const cover = { type: 'article', thingId: '42', field: 'cover' }

const open = () => openUploads({ rungs: ['direct', 'relay'] })

async function store({ uploads }: TestUploads): Promise<string> {
  return (await uploads.storeFile(ada, makeRequest(), toStream(png))).image.id
}

/** One that nobody goes on with. */
async function abandon({ uploads, pass }: TestUploads): Promise<string> {
  const { image } = await uploads.start(ada, makeRequest())
  await pass(DAY_MS)
  return image.id
}

async function reject({ uploads }: TestUploads): Promise<void> {
  const damaged = png.slice(0, 40)
  const request = makeRequest({ sizeBytes: damaged.length })
  await expect(uploads.storeFile(ada, request, toStream(damaged))).rejects.toMatchObject({
    code: 'file_damaged',
  })
}

function plan({ store, now }: TestUploads, ages: CleanupAges) {
  return planCleanup(store.records, ages, now())
}

test('plans what is old enough, and of ready images only those that nothing uses', async () => {
  const app = await open()
  const [used, unused] = [await store(app), await store(app)]
  await app.uploads.usages.add(ada, used, cover)
  await reject(app)
  await app.pass(DAY_MS)
  const expired = await abandon(app)
  await app.pass(29 * DAY_MS)
  await store(app)
  const planned = await plan(app, { unusedMs: 30 * DAY_MS, expiredMs: 30 * DAY_MS })
  expect(planned.map(({ reason }) => reason)).toEqual(['unused', 'rejected'])
  expect(planned[0]?.id).toBe(unused)
  const older = await plan(app, { unusedMs: 30 * DAY_MS, expiredMs: 29 * DAY_MS })
  expect(older.map(({ id }) => id)).toContain(expired)
})

test('ready images stay unless it is said how long they may be unused', async () => {
  const app = await open()
  await store(app)
  await app.pass(400 * DAY_MS)
  expect(await plan(app, { expiredMs: 0 })).toEqual([])
})

test('a real run deletes just what a dry run told, in the records and at Cloudflare', async () => {
  const app = await open()
  const ids = [await store(app), await store(app), await store(app)]
  await reject(app)
  await abandon(app)
  await app.pass(DAY_MS)
  const ages = { unusedMs: 0, expiredMs: 0 }
  const told = await plan(app, ages)
  expect(await plan(app, ages)).toEqual(told)
  expect(told).toHaveLength(5)
  const late = await store(app)
  expect(await carryOutCleanup(app.uploads.operator, told)).toEqual({ removed: 5, left: 0 })
  await app.runner.drain()
  const records = await app.store.records.findMany([...ids, late])
  expect(new Map(records.map(({ id, state }) => [id, state]))).toEqual(
    new Map([...ids.map((id) => [id, 'deleted'] as const), [late, 'ready']]),
  )
  expect(await app.images()).toHaveLength(1)
  expect(await plan(app, { expiredMs: 0 })).toEqual([])
})

test('an image that something has used since the plan was made stays', async () => {
  const app = await open()
  const [used, usedOnce, gone] = [await store(app), await store(app), await store(app)]
  await app.pass(DAY_MS)
  const told = await plan(app, { unusedMs: 0, expiredMs: 0 })
  await app.uploads.usages.add(ada, used, cover)
  await app.uploads.usages.add(ada, usedOnce, cover)
  await app.uploads.usages.remove(ada, usedOnce, cover)
  expect(await carryOutCleanup(app.uploads.operator, told)).toEqual({ removed: 1, left: 2 })
  const states = (await app.store.records.findMany([used, usedOnce, gone])).map(
    ({ id, state }) => [id, state] as const,
  )
  expect(new Map(states)).toEqual(
    new Map([
      [used, 'ready'],
      [usedOnce, 'ready'],
      [gone, 'deleted'],
    ]),
  )
})

test('an upload that was begun again since the plan was made goes on', async () => {
  const app = await open()
  const request = makeRequest()
  await app.uploads.start(ada, request)
  await app.pass(DAY_MS)
  const told = await plan(app, { expiredMs: 0 })
  expect(told.map(({ reason }) => reason)).toEqual(['expired'])
  const { image } = await app.uploads.storeFile(ada, request, toStream(png))
  expect(image.state).toBe('ready')
  expect(await carryOutCleanup(app.uploads.operator, told)).toEqual({ removed: 0, left: 1 })
  expect(await app.images()).toHaveLength(1)
})

test('of an image that is written between the look and the deed, the deed is not done', async () => {
  const app = await open()
  const id = await store(app)
  await app.pass(DAY_MS)
  const told = await plan(app, { unusedMs: 0, expiredMs: 0 })
  const { operator } = app.uploads
  const seen = await app.store.records.find(id)
  if (!seen) throw new Error('There is no record.')
  await app.store.records.move(seen, 'ready', { beside: { actor: 'somebody' } })
  expect(await operator.remove(seen)).toBe('changed')
  expect(await carryOutCleanup(operator, told)).toEqual({ removed: 0, left: 1 })
})

test('what was deleted meanwhile is left, and a plan can be carried out twice', async () => {
  const app = await open()
  await store(app)
  await app.pass(DAY_MS)
  const told = await plan(app, { unusedMs: 0, expiredMs: 0 })
  expect(await carryOutCleanup(app.uploads.operator, told)).toEqual({ removed: 1, left: 0 })
  expect(await carryOutCleanup(app.uploads.operator, told)).toEqual({ removed: 0, left: 1 })
})
