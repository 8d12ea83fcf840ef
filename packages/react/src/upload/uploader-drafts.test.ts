import { describe, expect, it } from 'vitest'
import type { DraftStore } from '../drafts/draft-store.ts'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'

describe('drafts', () => {
  it('come back at the next visit under their upload id, and are uploaded only on request', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const first = makeUploader({ drafts, replies: { start: ['offline'] } })
    first.uploader.start()
    first.uploader.add([makePng()])
    await first.clock.settle()
    first.uploader.stop()
    await first.clock.settle()
    const [before] = first.uploader.getState()

    const second = makeUploader({ drafts })
    second.uploader.start()
    await second.clock.settle()
    const [item] = second.uploader.getState()
    expect(item).toMatchObject({ id: before?.id, name: 'cat.png', state: { status: 'restored' } })
    expect(item?.preview).not.toBeNull()
    expect(second.routes.requests).toEqual([])

    second.uploader.retry(before?.id ?? '')
    await second.clock.settle()
    expect(second.statuses()).toEqual(['done'])
    expect(second.routes.requests[0]?.body).toMatchObject({ uploadId: before?.id })
  })

  it('are not said to be unsent when no slot can be had: an earlier visit may have sent them', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    await drafts.save({ uploadId: 'a', name: 'a.png', pickedAt: 999_000, bytes: makePng() })
    const { uploader, clock, statuses } = makeUploader({ drafts, replies: { start: ['offline'] } })
    uploader.start()
    await clock.settle()
    uploader.retry('a')
    await clock.settle()
    expect(statuses()).toEqual(['draft-saved'])
  })

  it('are promised only while there is one, after a restore too', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    await drafts.save({ uploadId: 'a', name: 'a.png', pickedAt: 999_000, bytes: makePng() })
    const { uploader, clock } = makeUploader({ drafts, replies: { start: ['offline'] } })
    uploader.start()
    await clock.settle()
    uploader.retry('a')
    await clock.settle()
    expect(uploader.getState()[0]?.state).toMatchObject({ reason: 'unavailable' })
  })

  it('are in one tab only, until that tab is gone', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const replies = { start: ['offline'] } as const
    const first = makeUploader({ drafts, replies })
    first.uploader.start()
    first.uploader.add([makePng()])
    await first.clock.settle()

    const second = makeUploader({ drafts, replies })
    second.uploader.start()
    await second.clock.settle()
    expect(second.statuses()).toEqual([])

    first.uploader.stop()
    second.uploader.stop()
    await second.clock.settle()
    second.uploader.start()
    await second.clock.settle()
    expect(second.statuses()).toEqual(['restored'])
  })

  it('are gone for good when a person discards them', async () => {
    const drafts = createMemoryDrafts({ now: () => 1_000_000 })
    const { uploader, clock } = makeUploader({ drafts, replies: { start: ['offline'] } })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    uploader.remove(uploader.getState()[0]?.id ?? '')
    await clock.settle()
    expect(await drafts.list()).toEqual([])
  })

  it('are dropped with the item, even while they are being saved', async () => {
    const memory = createMemoryDrafts({ now: () => 1_000_000 })
    const waiting: (() => void)[] = []
    const drafts: DraftStore = {
      ...memory,
      async save(draft) {
        await new Promise<void>((resolve) => waiting.push(resolve))
        return memory.save(draft)
      },
    }
    const { uploader, clock, statuses } = makeUploader({ drafts })
    uploader.start()
    uploader.add([makePng()])
    await clock.settle()
    uploader.remove(uploader.getState()[0]?.id ?? '')
    for (const goOn of waiting) goOn()
    await clock.settle()
    expect(statuses()).toEqual([])
    expect(await memory.list()).toEqual([])
  })
})
