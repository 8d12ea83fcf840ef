import { createFailure } from '@lightfast/core'
import type { Image } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import type { DraftStore } from '../drafts/draft-store.ts'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'
import { createUploader } from './uploader.ts'

const interrupted: readonly TransferStep[] = [
  { type: 'progress', fraction: 0.5 },
  { type: 'fail', code: 'transfer_interrupted' },
]
const arrive: readonly TransferStep[] = [{ type: 'arrive' }]

describe('an upload that goes well', () => {
  it('is done when Cloudflare has confirmed it, and says so once', async () => {
    const done: Image[] = []
    const { uploader, clock, routes } = makeUploader({ onDone: (image) => done.push(image) })
    uploader.start()
    expect(uploader.add([makePng()])).toBe(0)
    expect(uploader.getState()[0]).toMatchObject({ name: 'cat.png', preview: null })
    await clock.settle()
    expect(uploader.getState()[0]?.state).toEqual({ status: 'done', image: makeImage('ready') })
    expect(done).toEqual([makeImage('ready')])
    expect(routes.requests.map(({ path }) => path)).toEqual([
      '/images/uploads',
      '/images/uploads/img-1/complete',
    ])
  })

  it('asks for a slot with what the bytes say, not with what the browser claims', async () => {
    const { uploader, clock, routes } = makeUploader()
    uploader.start()
    uploader.add([makePng('')])
    await clock.settle()
    const [item] = uploader.getState()
    expect(routes.requests[0]?.body).toEqual({
      uploadId: item?.id,
      kind: 'photo',
      filename: 'image',
      contentType: 'image/png',
      sizeBytes: item?.sizeBytes,
      width: 1,
      height: 1,
    })
    expect(item?.preview?.type).toBe('image/png')
  })

  it('sends no longer name than the wire contract allows, and shows the whole', async () => {
    const { uploader, clock, routes } = makeUploader()
    uploader.start()
    uploader.add([makePng('n'.repeat(300))])
    await clock.settle()
    expect(routes.requests[0]?.body).toMatchObject({ filename: 'n'.repeat(255) })
    expect(uploader.getState()[0]?.name).toHaveLength(300)
  })

  it('leaves the list by itself after a while, and its draft is dropped', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const { uploader, clock, statuses } = makeUploader({ drafts })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(3999)
    expect(statuses()).toEqual(['done'])
    await clock.advance(1)
    expect(statuses()).toEqual([])
    expect(await drafts.list()).toEqual([])
  })

  it('stays when asked to', async () => {
    const { uploader, clock, statuses } = makeUploader({ doneMs: null })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(60_000)
    expect(statuses()).toEqual(['done'])
  })
})

describe('a file that will not do', () => {
  it('is rejected without a request and leaves no draft', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const { uploader, clock, routes } = makeUploader({ drafts })
    uploader.start()
    uploader.add([new File(['not a picture'], 'notes.png', { type: 'image/png' })])
    await clock.settle()
    expect(uploader.getState()[0]).toMatchObject({
      preview: null,
      state: { status: 'rejected', reason: 'type' },
    })
    expect(routes.requests).toEqual([])
    expect(await drafts.list()).toEqual([])
  })

  it('is too large before it is read whole', async () => {
    const picture = makePng()
    const large = new File([picture, new Uint8Array(20_000_000)], 'large.png')
    large.arrayBuffer = () => Promise.reject(new Error('must not be read'))
    const { uploader, clock } = makeUploader()
    uploader.start()
    uploader.add([large, new File([new Uint8Array(20_000_000)], 'film.mov')])
    await clock.settle()
    const [first, second] = uploader.getState()
    expect(first?.state).toMatchObject({ status: 'rejected', reason: 'too-large' })
    expect(first?.state).toMatchObject({ failure: { measure: { limit: 10_000_000 } } })
    expect(second?.state).toMatchObject({ status: 'rejected', reason: 'type' })
  })

  it('is damaged when it can no longer be read', async () => {
    const gone = makePng()
    gone.arrayBuffer = () => Promise.reject(new DOMException('Gone', 'NotReadableError'))
    const { uploader, clock } = makeUploader()
    uploader.start()
    uploader.add([gone])
    await clock.settle()
    expect(uploader.getState()[0]?.state).toMatchObject({ status: 'rejected', reason: 'damaged' })
  })

  it('gives its place to another file', async () => {
    const { uploader, clock, statuses } = makeUploader({ doneMs: null })
    uploader.start()
    uploader.add([new File(['x'], 'a.txt'), makePng('b.png')])
    await clock.settle()
    const [first] = uploader.getState()
    uploader.replace(first?.id ?? '', makePng('c.png'))
    await clock.settle()
    expect(statuses()).toEqual(['done', 'done'])
    expect(uploader.getState().map(({ name }) => name)).toEqual(['c.png', 'b.png'])
  })
})

describe('when no slot can be had', () => {
  it('was not uploaded, and a retry needs no file', async () => {
    const failure = createFailure('host_unavailable', 'Wait.', { retryAfterMs: 30_000 })
    const { uploader, clock, routes } = makeUploader({
      replies: { start: [{ failure }, { image: makeImage('pending'), way: 'direct' }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    const [item] = uploader.getState()
    expect(item?.state).toMatchObject({
      status: 'not-uploaded',
      reason: 'image-host',
      retryAt: clock.now() + 30_000,
    })
    expect(item?.preview).not.toBeNull()
    uploader.retry(item?.id ?? '')
    await clock.settle()
    expect(uploader.getState()[0]?.state.status).toBe('done')
    expect(routes.requests[1]?.body).toEqual(routes.requests[0]?.body)
  })

  it('is rejected when the server knows that this upload was refused', async () => {
    const { uploader, clock, statuses } = makeUploader({
      replies: { start: [{ image: makeImage('rejected'), way: null }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['rejected'])
  })

  it('goes on from what the server knows of an upload whose reply was lost', async () => {
    const { uploader, clock, routes, statuses } = makeUploader({
      replies: {
        start: [{ image: makeImage('delivered'), way: null }],
        status: [{ image: makeImage('ready') }],
      },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['done'])
    expect(routes.requests.map(({ route }) => route)).toEqual(['start', 'status'])
  })
})

describe('when the bytes do not arrive', () => {
  it('tries three times, with a pause before each, and then keeps the draft', async () => {
    const { uploader, clock, routes, statuses } = makeUploader({
      transfers: [interrupted],
      replies: { failed: [{ image: makeImage('pending') }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(uploader.getState()[0]?.state).toMatchObject({ status: 'preparing', attempt: 2 })
    await clock.advance(1500)
    expect(uploader.getState()[0]?.state).toMatchObject({ status: 'preparing', attempt: 3 })
    await clock.advance(3000)
    expect(statuses()).toEqual(['draft-saved'])
    const reports = routes.requests.filter(({ route }) => route === 'failed')
    expect(reports).toHaveLength(3)
    expect(reports[0]?.path).toBe('/images/uploads/img-1/failed')
    expect(reports[0]?.body).toMatchObject({ code: 'transfer_interrupted', cloudflareCode: null })
  })

  it('goes on when only the reply was lost', async () => {
    const { uploader, clock, statuses } = makeUploader({
      transfers: [interrupted],
      replies: { failed: [{ image: makeImage('delivered') }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['done'])
  })

  it('is rejected when the server has read the refusal, and leaves no draft', async () => {
    const failure = createFailure('file_refused_by_host', 'No.')
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const { uploader, clock } = makeUploader({
      drafts,
      transfers: [[{ type: 'fail', code: 'transfer_interrupted' }]],
      replies: { failed: [{ image: makeImage('rejected', { failure }) }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(uploader.getState()[0]).toMatchObject({
      preview: null,
      state: { status: 'rejected', failure },
    })
    expect(await drafts.list()).toEqual([])
  })

  it('says honestly that there is no copy when the device refused it', async () => {
    const full: DraftStore = {
      ...createMemoryDrafts({ now: () => 1_000_000 }),
      save: async () => 'no-room',
    }
    const { uploader, clock } = makeUploader({ transfers: [interrupted], drafts: full })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(10_000)
    expect(uploader.getState()[0]?.state).toMatchObject({
      status: 'draft-saved',
      reason: 'no-room',
    })
  })

  it('ends in a failure, not in silence, when a transport breaks its promises', async () => {
    const broken = { upload: () => Promise.reject(new Error('bug')) }
    const { uploader, clock, statuses } = makeUploader({ transport: broken })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['draft-saved'])
  })

  it('never says that nothing was sent once bytes have set out, whatever a retry meets', async () => {
    const { uploader, clock, statuses } = makeUploader({
      transfers: [interrupted],
      replies: {
        start: [{ image: makeImage('pending'), way: 'direct' }, 'offline', 'offline'],
        failed: [{ image: makeImage('pending') }],
      },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(1500)
    expect(statuses()).toEqual(['draft-saved'])
    uploader.retry(uploader.getState()[0]?.id ?? '')
    await clock.settle()
    expect(statuses()).toEqual(['draft-saved'])
  })
})

describe('while Cloudflare is asked', () => {
  it('never takes a failing status check for a failure', async () => {
    const { uploader, clock, statuses } = makeUploader({
      replies: { complete: ['offline'], status: ['offline'] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(29_999)
    expect(statuses()).toEqual(['processing'])
    await clock.advance(1)
    expect(statuses()).toEqual(['still-checking'])
    await clock.advance(600_000)
    expect(statuses()).toEqual(['still-checking'])
  })

  it('looks after 1, 2, 3, 5 and 8 seconds, and tells the server of the arrival until it has heard', async () => {
    const { uploader, clock, routes } = makeUploader({
      replies: {
        complete: ['offline', { image: makeImage('delivered') }],
        status: [{ image: makeImage('delivered') }],
      },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(29_000)
    expect(routes.requests.map(({ route }) => route)).toEqual([
      'start',
      'complete',
      'complete',
      'status',
      'status',
      'status',
      'status',
      'status',
    ])
  })

  it('goes on looking slowly, and at once when a person asks', async () => {
    const delivered = { image: makeImage('delivered') }
    const { uploader, clock, routes, statuses } = makeUploader({
      replies: {
        complete: [delivered, delivered, { image: makeImage('ready') }],
        status: [delivered],
      },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.advance(30_000)
    expect(statuses()).toEqual(['still-checking'])
    const asked = routes.requests.length
    await clock.advance(15_000)
    expect(routes.requests).toHaveLength(asked + 1)
    uploader.checkNow(uploader.getState()[0]?.id ?? '')
    await clock.settle()
    expect(routes.requests).toHaveLength(asked + 2)
    expect(statuses()).toEqual(['done'])
  })

  it('keeps the draft when the bytes turn out to be missing', async () => {
    const { uploader, clock } = makeUploader({
      replies: { complete: [{ image: makeImage('expired') }] },
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    const [item] = uploader.getState()
    expect(item?.state).toMatchObject({ status: 'draft-saved' })
    expect(item?.preview).not.toBeNull()
  })
})

describe('the list', () => {
  it('takes what there is room for and tells how many were left out', async () => {
    const { uploader, clock } = makeUploader({ maxFiles: 2, replies: { start: ['offline'] } })
    uploader.start()
    expect(uploader.add([makePng(), makePng(), makePng()])).toBe(1)
    await clock.settle()
    expect(uploader.add([makePng()])).toBe(1)
    expect(uploader.getState()).toHaveLength(2)
  })

  it('lets a finished item make way for a new file', async () => {
    const { uploader, clock } = makeUploader({ maxFiles: 1 })
    uploader.start()
    uploader.add([makePng('a.png')])
    await clock.settle()
    expect(uploader.add([makePng('b.png')])).toBe(0)
    expect(uploader.getState().map(({ name }) => name)).toEqual(['b.png'])
  })

  it('lets no more finished items go than a new file needs', async () => {
    const { uploader, clock } = makeUploader({ maxFiles: 2 })
    uploader.start()
    uploader.add([makePng('a.png'), makePng('b.png')])
    await clock.settle()
    uploader.add([makePng('c.png')])
    expect(uploader.getState().map(({ name }) => name)).toEqual(['b.png', 'c.png'])
  })

  it('holds two picks of one file apart', async () => {
    const { uploader, clock } = makeUploader({ replies: { start: ['offline'] } })
    const file = makePng()
    uploader.start()
    uploader.add([file, file])
    await clock.settle()
    const [first, second] = uploader.getState()
    uploader.remove(first?.id ?? '')
    expect(uploader.getState()).toEqual([second])
  })

  it('is the same object until something changes, and progress changes its own item only', async () => {
    const { uploader, clock } = makeUploader({
      transfers: [
        [
          { type: 'wait', ms: 100 },
          { type: 'progress', fraction: 0.5 },
        ],
        [{ type: 'wait', ms: 9000 }],
      ],
    })
    uploader.start()
    uploader.add([makePng('a.png'), makePng('b.png')])
    await clock.settle()
    const before = uploader.getState()
    expect(uploader.getState()).toBe(before)
    await clock.advance(100)
    const changed = uploader.getState().map((item, index) => item !== before[index])
    expect(changed.filter(Boolean)).toHaveLength(1)
  })
})

describe('start and stop', () => {
  it('can be made where there is no browser, as on a server', () => {
    const uploader = createUploader({ endpoint: '/images', kind: 'photo', userKey: 'ada' })
    expect(uploader.getState()).toEqual([])
    expect(uploader.maxFiles).toBe(10)
  })

  it('does nothing before it is started', async () => {
    const { uploader, clock, statuses, routes } = makeUploader()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['queued'])
    expect(routes.requests).toEqual([])
    uploader.start()
    await clock.settle()
    expect(statuses()).toEqual(['done'])
  })

  it('stops what runs, keeps the draft and goes on from there, as StrictMode demands', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const { uploader, clock, routes, statuses } = makeUploader({
      drafts,
      transfers: [[{ type: 'progress', fraction: 0.5 }], arrive],
    })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    expect(statuses()).toEqual(['uploading'])
    uploader.stop()
    await clock.advance(60_000)
    expect(await drafts.list()).toHaveLength(1)
    uploader.start()
    await clock.settle()
    expect(statuses()).toEqual(['done'])
    expect(routes.requests.filter(({ route }) => route === 'start')).toHaveLength(2)
  })

  it('restores a draft once, however often it is started', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    await drafts.save({ uploadId: 'a', name: 'a.png', pickedAt: 999_000, bytes: makePng() })
    const { uploader, clock, statuses } = makeUploader({ drafts })
    uploader.start()
    uploader.stop()
    uploader.start()
    await clock.settle()
    expect(statuses()).toEqual(['restored'])
  })
})
