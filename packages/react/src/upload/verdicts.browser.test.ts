/** The verdict between pages, by the channel that browsers have. */
import { expect, it, vi } from 'vitest'
import { createFailure } from '@lightfast/core'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { describeChannel } from '../test-support/describe-channel.ts'
import { connectTabs } from './channel.ts'
import { createVerdicts } from './verdicts.ts'

describeChannel('The channel between tabs', connectTabs)

const now = (): number => 1_000_000

it('tells the others what it hears, until it is stopped', async () => {
  const [first, second] = [1, 2].map(() => createVerdicts('/told', { connect: connectTabs, now }))
  first?.start()
  second?.start()
  const paused = { status: 'paused', reason: 'rate', until: now() + 5000 } as const
  first?.tell(paused)
  await vi.waitFor(() => expect(second?.get()).toEqual(paused))
  second?.stop()
  first?.tell({ status: 'clear' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(second?.get()).toEqual(paused)
  first?.stop()
})

it('holds back the uploader of another page, and lets it go on when one got through', async () => {
  const shared = { clock: createManualClock(Date.now()), connect: connectTabs, doneMs: null }
  const failure = createFailure('circuit_open', 'Wait.', { retryAfterMs: 30_000 })
  const first = makeUploader({
    ...shared,
    replies: { start: [{ failure }, { image: makeImage('pending'), way: 'direct' }] },
  })
  const second = makeUploader(shared)
  first.uploader.start()
  second.uploader.start()
  first.uploader.add([makePng()])
  await vi.waitFor(() => expect(first.statuses()).toEqual(['waiting']))
  await new Promise((resolve) => setTimeout(resolve, 50))
  second.uploader.add([makePng()])
  await vi.waitFor(() => expect(second.statuses()).toEqual(['waiting']))
  expect(second.routes.requests).toEqual([])

  await first.clock.advance(31_499)
  first.uploader.retry(first.uploader.getState()[0]?.id ?? '')
  await vi.waitFor(() => expect(second.statuses()).toEqual(['done']))
  expect(first.statuses()).toEqual(['done'])
  first.uploader.stop()
  second.uploader.stop()
})
