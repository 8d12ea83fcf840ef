/** How often bytes set out. */
import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

const MINUTE = 60_000

async function park(app: TestUploads) {
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  return image
}

const countSends = ({ emulator }: TestUploads) =>
  emulator.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/images/v1'))
    .length

test('bytes whose answer was lost do not set out again before the lists have caught up', async () => {
  const app = await openUploads({ rungs: ['park'], times: { listLagMs: 30_000 } })
  app.emulator.faults.set([
    { on: 'api-upload', effect: 'lose-reply', times: 1 },
    { on: 'list', effect: 'list-lag', ms: 20_000 },
  ])
  const image = await park(app)
  await app.pass(10 * MINUTE)
  expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
  expect(countSends(app)).toBe(1)
})

test('of two who send the same bytes at once, in whatever processes, one sends', async () => {
  const app = await openUploads({ rungs: ['park'] })
  const image = await park(app)
  const job = await app.store.jobs.find(`forward:${image.id}`)
  const { signal } = new AbortController()
  const jobs = job ? [job, job, job] : []
  await Promise.allSettled(jobs.map((one) => app.uploads.jobs.forward(one, { signal })))
  expect(countSends(app)).toBe(1)
  await app.pass(60 * MINUTE)
  expect(await app.images()).toHaveLength(1)
})

test('what a relay could not send waits as long as Cloudflare asks for', async () => {
  const app = await openUploads({ rungs: ['relay', 'park'] })
  app.emulator.faults.set([
    { on: 'api-upload', effect: 'answer', status: 429, retryAfterSeconds: 600 },
  ])
  const image = await park(app)
  const job = await app.store.jobs.find(`forward:${image.id}`)
  expect((job?.runAt ?? 0) - app.now()).toBeGreaterThan(500_000)
})

test('while Cloudflare does not say what became of a slot, it is asked ever less often', async () => {
  const app = await openUploads({ rungs: ['direct', 'park'] })
  const request = makeRequest()
  const first = await app.uploads.start(ada, request)
  app.emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
  const { image, way } = await app.uploads.start(ada, request)
  expect([way?.rung, image.id]).toEqual(['park', first.image.id])
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  await app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  let asked = 0
  app.client.events.on('called', ({ operation }) => {
    if (operation === 'images.get') asked += 1
  })
  await app.pass(10 * MINUTE)
  expect(asked).toBeLessThan(60)
})
