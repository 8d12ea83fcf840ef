/** What holds when requests for one upload overtake each other. */
import type { DirectWay, ImageState, StartUpload } from '@lightfast/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { ada, makeRequest, openUploads, post } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'
import type { UploadsContext } from './uploads-context.ts'

let app: TestUploads
let uploads: TestUploads['uploads']
let store: UploadsContext['store']
let emulator: TestUploads['emulator']
let client: TestUploads['client']
let once: TestUploads['once']

beforeEach(async () => {
  app = await openUploads({ rungs: ['direct'] })
  ;({ uploads, store, emulator, client, once } = app)
})

async function start(
  request: StartUpload = makeRequest(),
): Promise<{ id: string; slot: DirectWay }> {
  const { image, way } = await uploads.start(ada, request)
  if (way?.rung !== 'direct') throw new Error('No slot.')
  return { id: image.id, slot: way }
}

async function put(slot: DirectWay): Promise<void> {
  expect((await post(emulator, slot)).ok).toBe(true)
}

/** The browser gave it up: its slot is not handed out again. */
async function giveUp({ attemptId }: DirectWay): Promise<void> {
  const set = { outcome: 'failed', failureCode: 'transfer_interrupted' } as const
  await store.attempts.change([{ id: attemptId, set }])
}

async function moveTo(id: string, state: ImageState): Promise<void> {
  const seen = await store.records.find(id)
  if (seen) await store.records.move(seen, state, { beside: { actor: 'test' } })
}

const complete = (id: string, { attemptId }: DirectWay) => uploads.complete(ada, id, { attemptId })
const report = (id: string, { attemptId }: DirectWay) =>
  uploads.fail(ada, id, { attemptId, code: 'transfer_interrupted', cloudflareCode: null })

describe('requests that overtake each other', () => {
  test('a slot that comes second is answered with the record as it is by then', async () => {
    const request = makeRequest()
    once(/direct_upload$/, () => start(request))
    expect((await uploads.start(ada, request)).image.state).toBe('pending')
  })

  test('no bytes are wanted if they arrived by another slot while this one was opened', async () => {
    const request = makeRequest()
    once(/direct_upload$/, async () => {
      const { id, slot } = await start(request)
      await put(slot)
      await complete(id, slot)
    })
    expect(await uploads.start(ada, request)).toMatchObject({
      image: { state: 'ready' },
      way: null,
    })
  })

  test('a slot that has no bytes is never ready, though another has them', async () => {
    const request = makeRequest()
    const { id, slot: full } = await start(request)
    await giveUp(full)
    const { slot: empty } = await start(request)
    await put(full)
    once(/images\/v1\//, () => complete(id, empty))
    const { image } = await report(id, full)
    const winner = (await store.records.find(id))?.cloudflareId
    expect([image.state, full.url.includes(String(winner))]).toEqual(['ready', true])
  })

  test('the slot that has the bytes wins over one that was only said to have them', async () => {
    const request = makeRequest()
    const { id, slot: empty } = await start(request)
    await giveUp(empty)
    const { slot: full } = await start(request)
    expect((await complete(id, empty)).image.state).toBe('delivered')
    await put(full)
    expect((await complete(id, full)).image.state).toBe('ready')
    const winner = (await store.records.find(id))?.cloudflareId
    expect(full.url).toContain(winner)
  })

  test('a report of a failure is answered with what another request has found out meanwhile', async () => {
    const { id, slot } = await start()
    once(/images\/v1\//, () => complete(id, slot))
    expect((await report(id, slot)).image.state).toBe('delivered')
  })

  test('complete and a report of the same attempt at once end in one state', async () => {
    const { id, slot } = await start()
    await put(slot)
    await Promise.all([complete(id, slot), report(id, slot), complete(id, slot)])
    expect((await store.records.find(id))?.state).toBe('ready')
  })
})

describe('going on with an upload', () => {
  test('an open slot is used, though a later try got none', async () => {
    const request = makeRequest()
    const { id, slot } = await start(request)
    const [attempt] = await store.attempts.of(id)
    const failed = { outcome: 'failed', failureCode: 'host_unavailable', slot: null } as const
    if (attempt) await store.attempts.change([{ add: { ...attempt, ...failed, id: 'later' } }])
    expect((await start(request)).slot).toEqual(slot)
  })

  test('an outage says itself why the last try cannot be settled, and when to come back', async () => {
    const request = makeRequest()
    await start(request)
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 429, retryAfterSeconds: 7 }])
    await expect(uploads.start(ada, request)).rejects.toMatchObject({
      code: 'rate_limited',
      failure: { retryAfterMs: 7000 },
    })
  })

  test('a refusal that is not believed is not written down as one', async () => {
    const { id, slot } = await start()
    const { attemptId } = slot
    const refused = { attemptId, code: 'file_refused_by_host', cloudflareCode: 5550 } as const
    expect((await uploads.fail(ada, id, refused)).image).toMatchObject({
      state: 'pending',
      failure: { code: 'upload_host_failed', stage: 'transfer' },
    })
  })
})

describe('what is believed', () => {
  test('a refusal is not, while Cloudflare cannot say whether it has the file', async () => {
    const { id, slot } = await start()
    emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
    const { attemptId } = slot
    const refused = { attemptId, code: 'file_refused_by_host', cloudflareCode: 5455 } as const
    expect((await uploads.fail(ada, id, refused)).image.state).toBe('pending')
  })

  test('a refusal is not, once the bytes are said to have arrived', async () => {
    const { id, slot } = await start()
    await complete(id, slot)
    const { attemptId } = slot
    const refused = { attemptId, code: 'file_refused_by_host', cloudflareCode: 5455 } as const
    expect((await uploads.fail(ada, id, refused)).image.state).toBe('delivered')
  })

  test('an image that was deleted is missing', async () => {
    const { id } = await start()
    await moveTo(id, 'deleted')
    await expect(uploads.status(ada, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what is shown', () => {
  test('no URL is signed before Cloudflare has the picture', async () => {
    const { id, slot } = await start()
    await complete(id, slot)
    await expect(uploads.signUrl(ada, id, 'public')).rejects.toMatchObject({
      code: 'upload_conflict',
    })
  })

  test('a page that is just full is the last one if nothing follows', async () => {
    await start()
    await start()
    expect((await uploads.list(ada, { limit: 2 })).nextCursor).toBeNull()
    expect((await uploads.list(ada, { limit: 1 })).nextCursor).not.toBeNull()
  })
})

describe('an upload that expired', () => {
  test('stays as it is when its file is refused as well', async () => {
    const { id, slot } = await start()
    await moveTo(id, 'expired')
    const refusal = { code: 'file_refused_by_host', cloudflareCode: 5455 } as const
    const reply = await uploads.fail(ada, id, { attemptId: slot.attemptId, ...refusal })
    expect(reply.image.state).toBe('expired')
  })

  test('wants no bytes if another request has seen it through while this one asked', async () => {
    const request = makeRequest()
    const { id, slot } = await start(request)
    await giveUp(slot)
    await moveTo(id, 'expired')
    once(/\/v1\/[^/]+$/, async () => {
      const again = await start(request)
      await put(again.slot)
      await complete(id, again.slot)
    })
    expect(await uploads.start(ada, request)).toMatchObject({
      image: { state: 'ready' },
      way: null,
    })
  })

  test('starts again: the same record, a new slot', async () => {
    const request = makeRequest()
    const { id, slot } = await start(request)
    await giveUp(slot)
    await moveTo(id, 'expired')
    const again = await start(request)
    expect(again.id).toBe(id)
    expect(again.slot.url).not.toBe(slot.url)
    expect((await store.records.find(id))?.state).toBe('pending')
  })

  test.each(['complete', 'report', 'start'] as const)(
    'is ready when its bytes came late, as %s finds out',
    async (by) => {
      const request = makeRequest()
      const { id, slot } = await start(request)
      await moveTo(id, 'expired')
      await put(slot)
      if (by === 'complete') await complete(id, slot)
      if (by === 'report') await report(id, slot)
      if (by === 'start') await uploads.start(ada, request)
      expect((await store.records.find(id))?.state).toBe('ready')
    },
  )

  test('stays so if its bytes never came', async () => {
    const { id, slot } = await start()
    await moveTo(id, 'expired')
    expect((await complete(id, slot)).image.state).toBe('expired')
    expect((await report(id, slot)).image.state).toBe('expired')
  })
})

test('a person who waits for a status is not made to wait for a second try', async () => {
  const { id, slot } = await start()
  await put(slot)
  emulator.faults.set([{ on: 'details', effect: 'answer', status: 503 }])
  await uploads.complete(ada, id, { attemptId: slot.attemptId })
  await uploads.status(ada, id)
  const asked = emulator
    .requests()
    .filter(({ method, path }) => method === 'GET' && path.endsWith(slot.url.slice(-36)))
  expect(asked).toHaveLength(2)
})

const failFor = async (userId: string): Promise<void> => {
  const user = { id: userId }
  const { image, way } = await uploads.start(user, makeRequest())
  const attemptId = way?.attemptId ?? expect.fail('No slot.')
  const failure = { attemptId, code: 'upload_host_failed', cloudflareCode: 5550 } as const
  await uploads.fail(user, image.id, failure)
}

describe('what browsers report of the upload host', () => {
  test('opens its circuit once three different people saw it fail', async () => {
    await failFor('ada')
    await failFor('bea')
    expect(client.status().uploadHost.status).toBe('closed')
    await failFor('cleo')
    expect(client.status().uploadHost.status).toBe('open')
  })

  test('is no outage while one person’s uploads fail, or while others succeed', async () => {
    for (const user of ['bea', 'bea', 'bea', 'cleo']) await failFor(user)
    const { id, slot } = await start()
    await put(slot)
    await complete(id, slot)
    await failFor('dora')
    expect(client.status().uploadHost.status).toBe('closed')
  })

  test('says nothing about it if the file was refused, or if the bytes have arrived after all', async () => {
    for (const user of ['bea', 'cleo']) await failFor(user)
    const { id, slot } = await start()
    const { attemptId } = slot
    await uploads.fail(ada, id, { attemptId, code: 'file_refused_by_host', cloudflareCode: 5455 })
    const landed = await start()
    await put(landed.slot)
    await report(landed.id, landed.slot)
    expect(client.status().uploadHost.status).toBe('closed')
  })
})
