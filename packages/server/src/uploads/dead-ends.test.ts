/** No upload comes to a point where nothing goes on with it, whoever else writes at the same moment. */
import type { StartedUpload } from '@lightfast/core'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'
import type { ImagesStore } from './store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const refused = { on: 'api-upload', effect: 'answer', status: 400, code: 5411 } as const

function put({ uploads }: TestUploads, { image, way }: StartedUpload, body = toStream(png)) {
  const received = { attemptId: way?.attemptId ?? '', body, contentLength: png.length }
  return uploads.putBytes(ada, image.id, received)
}

async function failDirect(app: TestUploads, request = makeRequest()): Promise<StartedUpload> {
  const { image, way } = await app.uploads.start(ada, request)
  await fail(app, { image, way })
  return app.uploads.start(ada, request)
}

function fail(
  { uploads }: TestUploads,
  { image, way }: Pick<StartedUpload, 'image' | 'way'>,
  attemptId = way?.attemptId ?? '',
) {
  const report = { attemptId, code: 'upload_host_failed', cloudflareCode: null } as const
  return uploads.fail(ada, image.id, report)
}

/** A store in which somebody else comes in between, once, when attempts are read. */
function openCrowded() {
  const store = createMemoryStore({ now: () => app.now() })
  let meanwhile: (() => Promise<unknown>) | undefined
  const crowded: ImagesStore = {
    ...store,
    attempts: {
      ...store.attempts,
      async of(imageId) {
        const work = meanwhile
        meanwhile = undefined
        await work?.()
        return store.attempts.of(imageId)
      },
    },
  }
  const opening = openUploads({ rungs: ['relay'], store: crowded })
  let app: TestUploads
  return opening.then((opened) => {
    app = opened
    return { app, cutIn: (work: () => Promise<unknown>) => void (meanwhile = work) }
  })
}

const find = ({ store }: TestUploads, { image }: StartedUpload) => store.records.find(image.id)

test('an upload whose last way leads through our server ends, though its other attempts were closed before', async () => {
  const app = await openUploads()
  const request = makeRequest()
  const first = await app.uploads.start(ada, request)
  await app.pass(5 * MINUTE)
  await fail(app, first)
  expect((await app.uploads.start(ada, request)).way?.rung).toBe('relay')
  await app.pass(3 * HOUR)
  expect((await find(app, first))?.state).toBe('expired')
})

test('an upload that is over ends, though bytes of it came and broke off in the moment in which it was ended', async () => {
  const { app, cutIn } = await openCrowded()
  const started = await app.uploads.start(ada, makeRequest())
  await app.pass(31 * MINUTE)
  cutIn(() => put(app, started, toStream(png.subarray(0, 9))).catch(() => undefined))
  await app.pass(3 * HOUR)
  expect(await find(app, started)).toMatchObject({ state: 'expired', kept: null })
})

test('a relay that fails for good gives the bytes back, though a report came in while it was under way', async () => {
  const app = await openUploads()
  const request = makeRequest()
  const next = await failDirect(app, request)
  const [direct] = (await app.store.attempts.of(next.image.id)).filter(({ slot }) => slot)
  app.emulator.faults.set([refused])
  app.once(/images\/v1$/, () => fail(app, next, direct?.id))
  await expect(put(app, next)).rejects.toMatchObject({ code: 'host_refused', stage: 'transfer' })
  expect((await find(app, next))?.state).toBe('expired')
})

test('a replay whose bytes are gone ends as an upload that is over', async () => {
  const app = await openUploads({ rungs: ['park'] })
  const started = await app.uploads.start(ada, makeRequest())
  app.emulator.faults.set([refused])
  await put(app, started)
  await app.pass(HOUR)
  await app.bytes.delete(started.image.id)
  expect(await app.store.jobs.replay(`forward:${started.image.id}`)).toBe('replayed')
  await app.pass(3 * HOUR)
  expect((await find(app, started))?.state).toBe('expired')
})

test('a slot is handed out, though another request noted meanwhile that there was none', async () => {
  const app = await openUploads({ rungs: ['direct'] })
  const request = makeRequest()
  app.once(/direct_upload$/, async () => {
    app.emulator.faults.set([{ on: 'direct-upload', effect: 'answer', status: 503 }])
    await app.uploads.start(ada, request).catch(() => undefined)
    app.emulator.faults.clear()
  })
  expect(await app.uploads.start(ada, request)).toMatchObject({
    image: { state: 'pending', failure: null },
    way: { rung: 'direct' },
  })
})

test.each(['a status', 'a new start'])(
  'what was said to have arrived and is not there ends when %s is asked for, though its jobs were given up',
  async (by) => {
    const app = await openUploads()
    const request = makeRequest()
    const started = await app.uploads.start(ada, request)
    app.emulator.faults.set([{ on: 'details', effect: 'answer', status: 400, code: 5411 }])
    const { image, way } = started
    await app.uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
    await app.pass(3 * HOUR)
    expect((await find(app, started))?.state).toBe('delivered')
    app.emulator.faults.clear()
    if (by === 'a status') await app.uploads.status(ada, image.id)
    else await app.uploads.start(ada, request)
    await app.pass(MINUTE)
    expect((await find(app, started))?.state).toBe('expired')
  },
)

test('an outage of hours writes down once why an upload waits', async () => {
  const app = await openUploads({ rungs: ['park'] })
  const started = await app.uploads.start(ada, makeRequest())
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  await put(app, started)
  await app.pass(6 * HOUR)
  expect((await app.store.audit.of(started.image.id)).length).toBeLessThan(10)
})
