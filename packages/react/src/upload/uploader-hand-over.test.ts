import { createFailure } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import type { DraftStore } from '../drafts/draft-store.ts'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader, UploaderScript } from '../test-support/make-uploader.ts'

const ID = '00000000-0000-4000-8000-00000000000a'
const offline = { start: ['offline'], status: ['offline'] } as const

/** A device with a draft of an earlier visit that our server has had, or is said to have had. */
async function keep(handedOverAs?: string): Promise<DraftStore> {
  const drafts = createMemoryDrafts({ now: () => 1_000_000 })
  const draft = { uploadId: ID, name: 'a.png', pickedAt: 999_000, bytes: makePng() }
  await drafts.save(handedOverAs === undefined ? draft : { ...draft, handedOverAs })
  return drafts
}

async function visit(script: UploaderScript): Promise<ScriptedUploader> {
  const world = makeUploader(script)
  world.uploader.start()
  await world.clock.settle()
  return world
}

async function leave(world: ScriptedUploader): Promise<void> {
  world.uploader.stop()
  await world.clock.settle()
}

describe('a draft that was handed over', () => {
  it.each([
    ['parked', 'parked'],
    ['delivered', 'processing'],
    ['ready', 'done'],
    ['rejected', 'rejected'],
  ] as const)('goes on by itself: %s is %s', async (state, status) => {
    const drafts = await keep('img-1')
    const world = await visit({
      drafts,
      replies: { start: [{ image: makeImage(state), way: null }], status: ['offline'] },
    })
    expect(world.statuses()).toEqual([status])
    expect(world.routes.requests[0]?.body).toMatchObject({ uploadId: ID })
    expect(world.targets).toEqual([])
  })

  it('is sent from this device when our server wants the bytes after all', async () => {
    const drafts = await keep('img-1')
    const world = await visit({
      drafts,
      replies: { start: [{ image: makeImage('pending'), way: 'relay' }] },
      transfers: [[{ type: 'arrive', image: makeImage('ready') }]],
    })
    expect(world.statuses()).toEqual(['done'])
    expect(world.targets).toHaveLength(1)
  })

  it('is no failure while our server cannot be reached, and goes on when it can', async () => {
    const drafts = await keep('img-1')
    const world = await visit({
      drafts,
      replies: { start: ['offline'], status: ['offline', { image: makeImage('parked') }] },
    })
    expect(world.statuses()).toEqual(['processing'])
    await world.clock.advance(1000)
    expect(world.statuses()).toEqual(['parked'])
    expect(world.routes.requests.map(({ path }) => path)).toContain('/images/uploads/img-1')
  })

  it('says that somebody has been signed out', async () => {
    const failure = createFailure('unauthenticated', 'Who?')
    const drafts = await keep('img-1')
    const world = await visit({ drafts, replies: { start: [{ failure }] } })
    expect(world.statuses()).toEqual(['not-uploaded'])
  })

  it('is still one at the visit after', async () => {
    const drafts = await keep('img-1')
    const first = await visit({ drafts, replies: offline })
    await leave(first)
    const second = await visit({
      drafts,
      replies: { start: [{ image: makeImage('parked'), way: null }] },
    })
    expect(second.statuses()).toEqual(['parked'])
  })

  it('is called off at our server when a person removes it, before that was heard of', async () => {
    const drafts = await keep('img-9')
    const world = await visit({ drafts, replies: offline })
    world.uploader.remove(ID)
    await world.clock.settle()
    expect(world.routes.requests.at(-1)).toMatchObject({ route: 'remove', path: '/images/img-9' })
    expect(await drafts.list()).toEqual([])
  })
})

describe('handing over', () => {
  it('is remembered when our server says that Cloudflare has the bytes', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const delivered = { image: makeImage('delivered') }
    const world = makeUploader({ drafts, replies: { complete: [delivered], status: [delivered] } })
    world.uploader.start()
    world.uploader.add([makePng()])
    await world.clock.settle()
    await leave(world)
    expect(await drafts.list()).toMatchObject([{ handedOverAs: 'img-1' }])
  })

  it('is not believed of a host: its word alone leaves a draft to be asked about', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const world = makeUploader({ drafts, replies: { complete: ['offline'], status: ['offline'] } })
    world.uploader.start()
    world.uploader.add([makePng()])
    await world.clock.settle()
    expect(world.statuses()).toEqual(['processing'])
    await leave(world)
    expect((await drafts.list())[0]).not.toHaveProperty('handedOverAs')
  })

  it('is forgotten when the bytes turn out to be gone, so that the next visit asks first', async () => {
    const drafts = await keep('img-1')
    const parked = { image: makeImage('parked'), way: null }
    const first = await visit({
      drafts,
      replies: { start: [parked], status: [{ image: makeImage('expired') }] },
    })
    await first.clock.advance(2000)
    expect(first.statuses()).toEqual(['draft-saved'])
    await leave(first)
    expect((await visit({ drafts })).statuses()).toEqual(['restored'])
  })

  it('is forgotten when our server wants the bytes after all and they do not arrive', async () => {
    const drafts = await keep('img-1')
    const first = await visit({
      drafts,
      replies: { start: [{ image: makeImage('pending'), way: 'relay' }], status: ['offline'] },
      transfers: [[{ type: 'fail', code: 'transfer_interrupted' }]],
    })
    await first.clock.advance(10_000)
    expect(first.statuses()).toEqual(['draft-saved'])
    await leave(first)
    expect((await visit({ drafts })).statuses()).toEqual(['restored'])
  })

  it('leaves no draft behind when the last word comes while it is being saved', async () => {
    const memory = createMemoryDrafts({ now: () => 1_000_000 })
    const waiting: (() => void)[] = []
    const drafts: DraftStore = {
      ...memory,
      async save(draft) {
        if (draft.handedOverAs !== undefined) {
          await new Promise<void>((resolve) => waiting.push(resolve))
        }
        return memory.save(draft)
      },
    }
    const world = makeUploader({
      drafts,
      replies: {
        complete: [{ image: makeImage('delivered') }],
        status: [{ image: makeImage('ready') }],
      },
    })
    world.uploader.start()
    world.uploader.add([makePng()])
    await world.clock.advance(1000)
    expect(world.statuses()).toEqual(['done'])
    expect(waiting).toHaveLength(1)
    for (const goOn of waiting) goOn()
    await world.clock.settle()
    await leave(world)
    expect(await memory.list()).toEqual([])
  })
})

describe('two tabs', () => {
  it('that open at the same time do not send one draft twice', async () => {
    const drafts = await keep('img-1')
    const script: UploaderScript = {
      drafts,
      replies: { start: [{ image: makeImage('pending'), way: 'relay' }] },
      transfers: [[{ type: 'progress', fraction: 0.5 }]],
    }
    const [first, second] = [makeUploader(script), makeUploader(script)]
    const shown: string[] = []
    second.uploader.subscribe(() => shown.push(...second.statuses()))
    first.uploader.start()
    second.uploader.start()
    await second.clock.settle()
    expect(shown).toEqual([])
    expect([...first.statuses(), ...second.statuses()]).toEqual(['relaying'])
    expect([...first.targets, ...second.targets]).toHaveLength(1)
  })

  it('show what one had and let go, and not what the other then holds', async () => {
    const drafts = await keep()
    const first = await visit({ drafts })
    expect(first.statuses()).toEqual(['restored'])
    await leave(first)
    const second = await visit({ drafts })
    expect(second.statuses()).toEqual(['restored'])
    first.uploader.start()
    await first.clock.settle()
    expect(first.statuses()).toEqual([])
  })

  it('leave to the other what that has taken over, and send nothing', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const transfers = [[{ type: 'progress', fraction: 0.5 }]] as const
    const world = await visit({ drafts, transfers })
    world.uploader.add([makePng()])
    await world.clock.settle()
    expect(world.statuses()).toEqual(['uploading'])
    const id = world.uploader.getState()[0]?.id ?? ''
    await leave(world)
    expect(await drafts.hold(id)).not.toBeNull()
    world.uploader.start()
    await world.clock.settle()
    expect(world.statuses()).toEqual([])
    expect(world.routes.requests.map(({ route }) => route)).toEqual(['start'])
  })

  it('can have a draft that was listed just when its uploader was stopped', async () => {
    const drafts = await keep()
    const first = makeUploader({ drafts })
    first.uploader.start()
    first.uploader.stop()
    await first.clock.settle()
    expect((await visit({ drafts })).statuses()).toEqual(['restored'])
  })
})
