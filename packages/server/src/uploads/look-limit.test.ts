import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, post } from '../test-support/open-uploads.ts'
import { createLookLimit } from './look-limit.ts'

test('counts for each principal, and begins anew every minute', () => {
  let now = 0
  const { mayLook } = createLookLimit(2, () => now)
  const asked = ['ada', 'ada', 'ada', 'bea'].map((id) => mayLook(id))
  expect(asked).toEqual([true, true, false, true])
  now = 59_999
  expect(mayLook('ada')).toBe(false)
  now = 60_000
  expect(mayLook('ada')).toBe(true)
})

test('counts a question about several attempts as so many', () => {
  const { mayLook } = createLookLimit(3, () => 0)
  expect([mayLook('ada', 2), mayLook('ada', 2), mayLook('ada')]).toEqual([true, true, false])
})

test('begins anew when the clock goes back', () => {
  let now = 10_000_000
  const { mayLook } = createLookLimit(1, () => now)
  mayLook('ada')
  now = 0
  expect(mayLook('ada')).toBe(true)
})

test('nobody uses up the limit of the account: beyond it a job looks later, and nothing is lost', async () => {
  const app = await openUploads({ limits: { looksPerMinute: 3 } })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const attemptId = way?.attemptId ?? ''
  await app.uploads.complete(ada, image.id, { attemptId })
  const before = app.emulator.requests().length
  for (let count = 0; count < 20; count += 1) await app.uploads.status(ada, image.id)
  expect(app.emulator.requests().length - before).toBe(2)
  await post(app.emulator, way)
  expect((await app.uploads.status(ada, image.id)).image.state).toBe('delivered')
  const refused = { attemptId, code: 'transfer_interrupted', cloudflareCode: null } as const
  expect((await app.uploads.fail(ada, image.id, refused)).image.state).toBe('delivered')
  await app.pass(10_000)
  expect((await app.store.records.find(image.id))?.state).toBe('ready')
})

test('an upload that is begun again and again is refused, and told when to come back', async () => {
  const { uploads } = await openUploads({ limits: { looksPerMinute: 2 } })
  const request = makeRequest()
  await uploads.start(ada, request)
  await uploads.start(ada, request)
  await uploads.start(ada, request)
  await expect(uploads.start(ada, request)).rejects.toMatchObject({
    code: 'upload_limit_reached',
    failure: { retryAfterMs: 60_000 },
  })
})

test('one person who says of every upload that it has arrived leaves the others most of the account’s limit', async () => {
  const app = await openUploads()
  let asked = 0
  app.client.events.on('called', ({ operation }) => {
    if (operation === 'images.get') asked += 1
  })
  for (let count = 0; count < 100; count += 1) {
    const { image, way } = await app.uploads.start(ada, makeRequest())
    await app.uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
  }
  await app.pass(300_000)
  // 60 a minute for the person, and as many for the jobs; an account has 1200 in five minutes.
  expect(asked).toBeLessThanOrEqual(600)
})
