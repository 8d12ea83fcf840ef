import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader, UploaderScript } from '../test-support/make-uploader.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'

const fail = (code: FailureCode, retryAfterMs?: number): readonly TransferStep[] => [
  { type: 'fail', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
]
const answer = (...args: Parameters<typeof makeImage>): readonly TransferStep[] => [
  { type: 'arrive', image: makeImage(...args) },
]
const hang: readonly TransferStep[] = [{ type: 'progress', fraction: 1 }]

const pending = makeImage('pending')
const [direct, relay, park] = [
  { image: pending, way: 'direct' },
  { image: pending, way: 'relay' },
  { image: pending, way: 'park' },
] as const

/** An uploader that has just been given a photo. */
async function upload(script: UploaderScript): Promise<ScriptedUploader> {
  const scripted = makeUploader(script)
  scripted.uploader.start()
  scripted.uploader.add([makePng()])
  await scripted.clock.settle()
  return scripted
}

const idOf = ({ uploader }: ScriptedUploader): string => uploader.getState()[0]?.id ?? ''
const stateOf = ({ uploader }: ScriptedUploader) => uploader.getState()[0]?.state
const asked = ({ routes }: ScriptedUploader) => routes.requests.map(({ route }) => route)

describe('the way through our server', () => {
  it('is taken when our server says so, and is done when that says ready', async () => {
    const ready = makeImage('ready', { rung: 'relay' })
    const world = await upload({
      replies: { start: [relay] },
      transfers: [answer('ready', { rung: 'relay' })],
    })
    expect(stateOf(world)).toEqual({ status: 'done', image: ready })
    expect(asked(world)).toEqual(['start'])
    expect(world.targets).toEqual([
      {
        to: 'server',
        url: 'https://app.test/images/uploads/img-1/bytes?attemptId=00000000-0000-4000-8000-000000000001',
      },
    ])
  })

  it('follows a direct one that failed, which is reported', async () => {
    const world = await upload({
      replies: { start: [direct, relay], failed: [{ image: pending }] },
      transfers: [fail('upload_host_failed'), answer('ready')],
    })
    await world.clock.advance(1500)
    expect(stateOf(world)).toMatchObject({ status: 'done' })
    expect(asked(world)).toEqual(['start', 'failed', 'start'])
    expect(world.targets.map(({ to }) => to)).toEqual(['host', 'server'])
  })

  it('is processing when our server has sent the bytes on, and never says that they have arrived', async () => {
    const world = await upload({
      replies: {
        start: [relay],
        status: [{ image: makeImage('delivered') }, { image: makeImage('ready') }],
      },
      transfers: [answer('delivered')],
    })
    expect(world.statuses()).toEqual(['processing'])
    await world.clock.advance(1000)
    expect(world.statuses()).toEqual(['done'])
    expect(asked(world)).toEqual(['start', 'status', 'status'])
  })

  it('stays relaying while our server has all the bytes and has not answered', async () => {
    const world = await upload({ replies: { start: [relay] }, transfers: [hang] })
    expect(stateOf(world)).toMatchObject({ status: 'relaying', loadedBytes: 70, totalBytes: 70 })
  })

  it('is rejected when our server sees that the file will not do', async () => {
    const failure = createFailure('file_refused_by_host', 'No.')
    const world = await upload({
      replies: { start: [relay] },
      transfers: [answer('rejected', { failure })],
    })
    expect(stateOf(world)).toMatchObject({ status: 'rejected', failure })
  })

  it('reports no failure, for our server saw it, and asks for the next way', async () => {
    const world = await upload({
      replies: { start: [relay, park] },
      transfers: [fail('circuit_open'), answer('parked', { rung: 'park' })],
    })
    expect(stateOf(world)).toMatchObject({ status: 'preparing', attempt: 2 })
    await world.clock.advance(1500)
    expect(world.statuses()).toEqual(['parked'])
    expect(asked(world)).toEqual(['start', 'start'])
  })

  it('tries three times in all, whatever the ways, and then keeps the draft', async () => {
    const world = await upload({
      replies: { start: [direct, relay, park], failed: [{ image: pending }] },
      transfers: [fail('upload_host_failed'), fail('host_unavailable'), fail('storage_full')],
    })
    await world.clock.advance(10_000)
    expect(stateOf(world)).toMatchObject({
      status: 'draft-saved',
      failure: { code: 'storage_full', stage: 'transfer' },
    })
    expect(world.targets).toHaveLength(3)
  })

  it('is a draft when there is no other way, and never said to be unsent', async () => {
    const world = await upload({
      replies: { start: [relay, { failure: createFailure('circuit_open', 'Wait.') }] },
      transfers: [fail('circuit_open')],
    })
    await world.clock.advance(1500)
    expect(world.statuses()).toEqual(['draft-saved'])
  })

  it('is cut off when a person cancels, and called off at our server', async () => {
    const signals: AbortSignal[] = []
    const world = await upload({
      replies: { start: [relay] },
      transport: {
        upload: (_, { signal }) => {
          signals.push(signal)
          return new Promise(() => undefined)
        },
      },
    })
    expect(world.statuses()).toEqual(['relaying'])
    world.uploader.remove(idOf(world))
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(world.statuses()).toEqual([])
    await world.clock.settle()
    expect(asked(world)).toEqual(['start', 'remove'])
  })

  it('is asked for again after a stop, for what was cut off is not sent twice', async () => {
    const world = await upload({
      replies: { start: [relay, { image: makeImage('parked'), way: null }] },
      transfers: [hang],
    })
    world.uploader.stop()
    world.uploader.start()
    await world.clock.settle()
    expect(world.statuses()).toEqual(['parked'])
    expect(world.targets).toHaveLength(1)
  })
})

describe('a reply of our server that was lost', () => {
  it.each([
    ['transfer_interrupted', 'parked', 'parked'],
    ['transfer_timed_out', 'delivered', 'processing'],
    ['server_failed', 'ready', 'done'],
  ] as const)('is asked for: after %s it is %s', async (code, state, status) => {
    const world = await upload({
      replies: { start: [relay], status: [{ image: makeImage(state) }] },
      transfers: [fail(code)],
    })
    expect(world.statuses()).toEqual([status])
    expect(asked(world).slice(0, 2)).toEqual(['start', 'status'])
    expect(world.targets).toHaveLength(1)
  })

  it.each([
    ['says that there are no bytes', { image: pending }],
    ['does not answer', 'offline'],
  ] as const)('is a try that failed when our server %s', async (_, status) => {
    const world = await upload({
      replies: { start: [relay], status: [status] },
      transfers: [fail('transfer_interrupted')],
    })
    expect(stateOf(world)).toMatchObject({ status: 'preparing', attempt: 2 })
  })
})

describe('while somebody else is sending the same bytes', () => {
  it('waits as long as our server says, asks again, and has used up no try', async () => {
    const world = await upload({
      replies: { start: [relay, { image: makeImage('parked'), way: null }] },
      transfers: [fail('upload_conflict', 5000)],
    })
    await world.clock.advance(4999)
    expect(stateOf(world)).toMatchObject({ status: 'relaying', attempt: 1 })
    expect(asked(world)).toEqual(['start'])
    await world.clock.advance(1)
    expect(world.statuses()).toEqual(['parked'])
  })

  it('waits too when the way itself is not told meanwhile', async () => {
    const failure = createFailure('upload_conflict', 'Busy.', { retryAfterMs: 3000 })
    const world = await upload({
      replies: { start: [{ failure }, { failure }, direct] },
      transfers: [hang],
    })
    await world.clock.advance(5999)
    expect(world.statuses()).toEqual(['preparing'])
    await world.clock.advance(1)
    expect(stateOf(world)).toMatchObject({ status: 'uploading', attempt: 1 })
  })

  it('waits anew when a try lies between', async () => {
    const slow: readonly TransferStep[] = [
      { type: 'wait', ms: 130_000 },
      ...fail('upload_host_failed'),
    ]
    const world = await upload({
      replies: { start: [relay, direct, relay], failed: [{ image: pending }] },
      transfers: [fail('upload_conflict', 1000), slow, fail('upload_conflict', 1000), hang],
    })
    await world.clock.advance(140_000)
    expect(world.targets).toHaveLength(4)
    expect(stateOf(world)).toMatchObject({ status: 'relaying', attempt: 2 })
  })

  it('does not wait for ever', async () => {
    const world = await upload({
      replies: { start: [relay] },
      transfers: [fail('upload_conflict', 10_000)],
    })
    await world.clock.advance(110_000)
    expect(world.statuses()).toEqual(['relaying'])
    await world.clock.advance(600_000)
    expect(stateOf(world)).toMatchObject({
      status: 'draft-saved',
      failure: { code: 'upload_conflict' },
    })
  })
})

describe('a parked file', () => {
  const parkedReply = { image: makeImage('parked', { rung: 'park' }) }
  const parking = { start: [park], status: [parkedReply] } as const
  const transfers = [answer('parked', { rung: 'park' })]

  it('is looked at after 2, 4, 8 and 15 seconds and then every 30, though no answer comes', async () => {
    const world = await upload({ replies: { start: [park], status: ['offline'] }, transfers })
    const looks: number[] = []
    for (let second = 1; second <= 90; second += 1) {
      const before = asked(world).length
      await world.clock.advance(1000)
      if (asked(world).length > before) looks.push(second)
    }
    expect(looks).toEqual([2, 6, 14, 29, 59, 89])
    expect(world.statuses()).toEqual(['parked'])
  })

  it('is looked at at once when somebody comes back to the page', async () => {
    const world = await upload({
      replies: { start: [park], status: [parkedReply, { image: makeImage('ready') }] },
      transfers,
    })
    world.comeBack()
    await world.clock.settle()
    expect(world.statuses()).toEqual(['parked'])
    world.comeBack()
    await world.clock.settle()
    expect(world.statuses()).toEqual(['done'])
  })

  it('has its id from the start, and is left alone once it is released', async () => {
    const drafts = createMemoryDrafts()
    const world = await upload({ replies: parking, transfers, drafts })
    const [item] = world.uploader.getState()
    expect(item?.imageId).toBe(parkedReply.image.id)
    world.uploader.release(item?.id ?? '')
    await world.clock.advance(60_000)
    expect(world.statuses()).toEqual([])
    expect(world.routes.requests.map(({ route }) => route)).not.toContain('remove')
    expect(await drafts.list()).toEqual([])
  })

  it.each([
    ['ready', 'done'],
    ['delivered', 'processing'],
    ['rejected', 'rejected'],
    ['expired', 'draft-saved'],
  ] as const)('that turns out to be %s is %s', async (state, status) => {
    const world = await upload({
      replies: { start: [park], status: [{ image: makeImage(state) }] },
      transfers,
    })
    await world.clock.advance(2000)
    expect(world.statuses()).toEqual([status])
  })

  it('that ran out of time tells why, and is sent again on request', async () => {
    const failure = createFailure('bytes_missing', 'Gone.')
    const world = await upload({
      replies: { start: [park], status: [{ image: makeImage('expired', { failure }) }] },
      transfers: [...transfers, answer('ready')],
    })
    await world.clock.advance(2000)
    expect(stateOf(world)).toMatchObject({ status: 'draft-saved', failure })
    world.uploader.retry(idOf(world))
    await world.clock.settle()
    expect(world.statuses()).toEqual(['done'])
  })

  it('keeps its draft until it is done', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const world = await upload({
      drafts,
      replies: { start: [park], status: [parkedReply, { image: makeImage('ready') }] },
      transfers,
    })
    await world.clock.advance(2000)
    world.uploader.stop()
    await world.clock.settle()
    expect(await drafts.list()).toMatchObject([{ handedOverAs: 'img-1' }])
    world.uploader.start()
    await world.clock.advance(2000)
    expect(world.statuses()).toEqual(['done'])
    world.uploader.stop()
    await world.clock.settle()
    expect(await drafts.list()).toEqual([])
  })

  it('is not sent on when a person removes it', async () => {
    const world = await upload({ replies: parking, transfers })
    world.uploader.remove(idOf(world))
    await world.clock.settle()
    expect(world.statuses()).toEqual([])
    expect(world.routes.requests.at(-1)).toEqual({
      route: 'remove',
      path: '/images/img-1',
      body: null,
    })
  })

  it('does nothing when it is asked for what it does not offer', async () => {
    const world = await upload({ replies: parking, transfers })
    world.uploader.retry(idOf(world))
    world.uploader.checkNow(idOf(world))
    await world.clock.settle()
    expect(world.statuses()).toEqual(['parked'])
    expect(asked(world)).toEqual(['start'])
  })
})

describe('removing', () => {
  it('only takes off the list what is done', async () => {
    const world = await upload({ doneMs: null })
    expect(world.statuses()).toEqual(['done'])
    world.uploader.remove(idOf(world))
    await world.clock.settle()
    expect(asked(world)).not.toContain('remove')
  })

  it('tells nobody of what our server does not know', async () => {
    const world = await upload({ replies: { start: ['offline'] } })
    world.uploader.remove(idOf(world))
    await world.clock.settle()
    expect(asked(world)).toEqual(['start'])
  })
})
