import { createFailure } from '@lightfast/core'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader, UploaderScript } from '../test-support/make-uploader.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'

const slow: readonly TransferStep[] = [{ type: 'wait', ms: 1000 }, { type: 'arrive' }]
const hang: readonly TransferStep[] = [{ type: 'progress', fraction: 0.5 }]

async function upload(count: number, script: UploaderScript = {}): Promise<ScriptedUploader> {
  const world = makeUploader({ transfers: [slow], maxFiles: Infinity, doneMs: null, ...script })
  world.uploader.start()
  world.uploader.add(Array.from({ length: count }, (_, at) => makePng(`${at}.png`)))
  await world.clock.settle()
  return world
}

const count = (world: ScriptedUploader, status: string): number =>
  world.statuses().filter((one) => one === status).length

const idAt = ({ uploader }: ScriptedUploader, at: number): string =>
  uploader.getState()[at]?.id ?? ''

describe('the queue', () => {
  it('lets three files be under way and the others wait, unread, in their order', async () => {
    const world = await upload(5)
    expect(world.statuses()).toEqual(['uploading', 'uploading', 'uploading', 'queued', 'queued'])
    expect(world.uploader.getState()[3]?.preview).toBeNull()
    await world.clock.advance(1000)
    expect(world.statuses()).toEqual(['done', 'done', 'done', 'uploading', 'uploading'])
    await world.clock.advance(1000)
    expect(count(world, 'done')).toBe(5)
  })

  it('never has more than three of 500 files under way, and brings all of them to an end', async () => {
    const world = makeUploader({ transfers: [[{ type: 'arrive' }]], maxFiles: 500, doneMs: null })
    let most = 0
    world.uploader.subscribe(() => {
      const placed = ['checking', 'preparing', 'uploading']
      const under = world.statuses().filter((status) => placed.includes(status)).length
      most = Math.max(most, under)
    })
    world.uploader.start()
    world.uploader.add(Array.from({ length: 500 }, () => makePng()))
    await vi.waitFor(
      () => expect(world.statuses().every((status) => status === 'done')).toBe(true),
      {
        timeout: 15_000,
      },
    )
    expect(most).toBe(3)
    expect(world.targets).toHaveLength(500)
  }, 20_000)

  it('is as wide as it is told', async () => {
    expect(count(await upload(5, { concurrency: 1 }), 'uploading')).toBe(1)
    expect(count(await upload(5, { concurrency: Infinity }), 'uploading')).toBe(5)
  })

  it('gives the place of what has arrived to the next, however late the word of it is', async () => {
    const world = await upload(2, {
      concurrency: 1,
      replies: { complete: ['offline'], status: ['offline'] },
    })
    await world.clock.advance(1000)
    expect(world.statuses()).toEqual(['processing', 'uploading'])
  })

  it('is left without a trace by what a person cancels', async () => {
    const world = await upload(3, { concurrency: 1 })
    world.uploader.remove(idAt(world, 1))
    await world.clock.advance(3000)
    expect(world.uploader.getState().map(({ name }) => name)).toEqual(['0.png', '2.png'])
    expect(world.targets).toHaveLength(2)
  })

  it('gives the place of what a person cancels to the next', async () => {
    const world = await upload(2, { concurrency: 1, transfers: [hang] })
    world.uploader.remove(idAt(world, 0))
    await world.clock.settle()
    expect(world.statuses()).toEqual(['uploading'])
  })

  it('goes on after a stop, as StrictMode demands', async () => {
    const world = await upload(3, { concurrency: 1, transfers: [hang, slow] })
    world.uploader.stop()
    expect(world.statuses()).toEqual(['uploading', 'queued', 'queued'])
    world.uploader.start()
    await world.clock.advance(3000)
    expect(count(world, 'done')).toBe(3)
  })
})

describe('pausing', () => {
  it('lets go on what runs, starts nothing new, and goes on when resumed', async () => {
    const world = await upload(3, { concurrency: 1 })
    world.uploader.pause()
    expect(world.uploader.isPaused()).toBe(true)
    await world.clock.advance(5000)
    expect(world.statuses()).toEqual(['done', 'queued', 'queued'])
    world.uploader.resume()
    expect(world.uploader.isPaused()).toBe(false)
    await world.clock.advance(2000)
    expect(count(world, 'done')).toBe(3)
  })

  it('holds what is added, and what a person tries again', async () => {
    const world = await upload(1, { replies: { start: ['offline'] } })
    world.uploader.pause()
    world.uploader.add([makePng()])
    world.uploader.retry(idAt(world, 0))
    await world.clock.advance(5000)
    expect(world.statuses()).toEqual(['queued', 'queued'])
  })

  it('tells the listeners, and only when it changes something', async () => {
    const world = await upload(0)
    let told = 0
    world.uploader.subscribe(() => (told += 1))
    const before = world.uploader.getState()
    world.uploader.pause()
    world.uploader.pause()
    expect(told).toBe(1)
    expect(world.uploader.getState()).toBe(before)
  })
})

describe('trying all again', () => {
  it('tries what has failed, three at a time, and leaves the rest alone', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    await drafts.save({ uploadId: 'a', name: 'a.png', pickedAt: 999_000, bytes: makePng() })
    const start = [
      ...Array<'offline'>(4).fill('offline'),
      { image: makeImage('pending'), way: 'direct' as const },
    ]
    const world = await upload(4, { drafts, replies: { start } })
    world.uploader.add([new File(['no'], 'no.txt')])
    await world.clock.settle()
    expect(world.statuses()).toEqual([
      'restored',
      ...Array<string>(4).fill('not-uploaded'),
      'rejected',
    ])
    world.uploader.retryAll()
    await world.clock.settle()
    expect([count(world, 'uploading'), count(world, 'queued')]).toEqual([3, 1])
    await world.clock.advance(2000)
    expect(world.statuses()).toEqual(['restored', ...Array<string>(4).fill('done'), 'rejected'])
  })

  it('does not try what nobody may', async () => {
    const failure = createFailure('forbidden', 'No.')
    const world = await upload(1, { replies: { start: [{ failure }] } })
    world.uploader.retryAll()
    await world.clock.settle()
    expect(world.routes.requests).toHaveLength(1)
  })
})
