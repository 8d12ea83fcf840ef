import { describe, expect, it } from 'vitest'
import { scriptSurroundings } from '../testing/script-surroundings.ts'
import { toErrand } from './picture-errand.ts'
import { startPicture } from './picture-state.ts'
import type { PictureEvent, PictureSources, StandingPicture } from './picture-state.ts'
import { runErrand } from './run-errand.ts'
import type { RefreshSource } from './run-errand.ts'

const standing = (details: Partial<StandingPicture>, given: Partial<PictureSources> = {}) => {
  const state = startPicture({ sources: ['a', 'b'], expiresAt: null, ...given })
  if (state.status === 'idle') throw new Error('A picture without sources has no errands.')
  return { ...state, ...details }
}

/** Sets an errand going in a scripted world. What it finds is told to `events`. */
function setOut(state: StandingPicture, refreshSrc?: RefreshSource) {
  const world = scriptSurroundings()
  const leaving = new AbortController()
  const events: PictureEvent[] = []
  const done = runErrand(toErrand(state, refreshSrc ? 'offered' : 'absent'), state, {
    surroundings: world.surroundings,
    refreshSrc: () => refreshSrc,
    image: () => null,
    send: (event) => void events.push(event),
    signal: leaving.signal,
  })
  return { ...world, events, done, leave: () => leaving.abort() }
}

/** An app that signs URLs, and remembers why it was asked. */
function signer(answer: Awaited<ReturnType<RefreshSource>> = { src: 'a2' }) {
  const reasons: string[] = []
  const refreshSrc: RefreshSource = (reason) => {
    reasons.push(reason)
    return Promise.resolve(answer)
  }
  return { reasons, refreshSrc }
}

describe('recovering', () => {
  const failed = standing({ status: 'failed', index: 1 })

  it('takes the best source that is back', async () => {
    const { surroundings, advance, works, probed, events } = setOut(failed)
    works.add('b')
    await advance(3749)
    expect(probed).toEqual([])
    await advance(1)
    expect(probed).toEqual(['a', 'b'])
    expect(events).toEqual([{ type: 'recovered', src: 'b' }])
    expect(surroundings.random()).toBe(0.5)
  })

  it('tells that nothing is back', async () => {
    const { advance, events } = setOut(failed)
    await advance(3750)
    expect(events).toEqual([{ type: 'missed' }])
  })

  it('tries at once when somebody comes back', async () => {
    const { comeBack, works, events } = setOut({ ...failed, tries: 3 })
    works.add('a')
    await comeBack()
    expect(events).toEqual([{ type: 'recovered', src: 'a' }])
  })

  it('tells nothing once the picture has gone', async () => {
    const { leave, advance, probed, events } = setOut(failed)
    leave()
    await advance(60_000)
    expect([probed, events]).toEqual([[], []])
  })

  it('asks for another one instead of trying what has expired', async () => {
    const { reasons, refreshSrc } = signer()
    const expired = standing({ status: 'failed', index: 1, asked: true }, { expiresAt: 1 })
    const { comeBack, probed, events } = setOut(expired, refreshSrc)
    await comeBack()
    expect([probed, reasons]).toEqual([[], ['returned']])
    expect(events).toEqual([{ type: 'refreshed', fresh: { src: 'a2' } }])
  })
})

describe('asking after a failure', () => {
  const failed = standing({ index: 1 })

  it('asks at once', async () => {
    const { reasons, refreshSrc } = signer()
    const { done, events } = setOut(failed, refreshSrc)
    await done
    expect(reasons).toEqual(['failed'])
    expect(events).toEqual([{ type: 'refreshed', fresh: { src: 'a2' } }])
  })

  it.each<[string, RefreshSource]>([
    ['has none', () => Promise.resolve(null)],
    ['fails', () => Promise.reject(new Error('signed out'))],
    [
      'throws',
      () => {
        throw new Error('no fetch here')
      },
    ],
  ])('takes it for a no when the app %s', async (_, refreshSrc) => {
    const { done, events } = setOut(failed, refreshSrc)
    await done
    expect(events).toEqual([{ type: 'refused' }])
  })
})

describe('renewing', () => {
  const now = scriptSurroundings().surroundings.now()
  const signed = standing({ status: 'loaded' }, { expiresAt: now + 600_000 })

  it('asks half a minute before the end', async () => {
    const { reasons, refreshSrc } = signer()
    const { advance } = setOut(signed, refreshSrc)
    await advance(569_999)
    expect(reasons).toEqual([])
    await advance(1)
    expect(reasons).toEqual(['expiring'])
  })

  it('is not hurried by somebody who comes back before', async () => {
    const { reasons, refreshSrc } = signer()
    const { comeBack } = setOut(signed, refreshSrc)
    await comeBack()
    expect(reasons).toEqual([])
  })

  it('lets a page in the background wait until somebody comes back', async () => {
    const { reasons, refreshSrc } = signer()
    const { advance, comeBack, look } = setOut(signed, refreshSrc)
    look('away')
    await advance(3_600_000)
    expect(reasons).toEqual([])
    look('here')
    await comeBack()
    expect(reasons).toEqual(['returned'])
  })

  it('asks at once when it comes too late', async () => {
    const { reasons, refreshSrc } = signer()
    await setOut(standing({}, { expiresAt: 5 }), refreshSrc).done
    expect(reasons).toEqual(['returned'])
  })

  it('asks again after a refusal only when somebody comes back', async () => {
    const { reasons, refreshSrc } = signer(null)
    const { advance, comeBack, events } = setOut({ ...signed, refusals: 1 }, refreshSrc)
    await advance(3_600_000)
    expect(reasons).toEqual([])
    await comeBack()
    expect(events).toEqual([{ type: 'refused' }])
  })
})
