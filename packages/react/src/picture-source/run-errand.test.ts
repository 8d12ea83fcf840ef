import { describe, expect, it } from 'vitest'
import { scriptSurroundings } from '../test-support/script-surroundings.ts'
import { toErrand } from './picture-errand.ts'
import { startPicture } from './picture-state.ts'
import type { Found, PictureSources, PictureState } from './picture-state.ts'
import { runErrand } from './run-errand.ts'
import type { RefreshSource } from './refresh-source.ts'

const standing = (
  details: Partial<PictureState>,
  given: Partial<PictureSources> = {},
): PictureState => ({
  ...startPicture({ sources: ['a', 'b'], expiresAt: null, ...given }),
  ...details,
})

const fresh: Found = { index: 0, sources: ['a2', 'b'], expiresAt: null }

/** Sets an errand going in a scripted world. What it finds is put into `finds`. */
function setOut(state: PictureState, refreshSrc?: RefreshSource) {
  const world = scriptSurroundings()
  const leaving = new AbortController()
  const finds: (Found | null)[] = []
  const done = runErrand(toErrand(state, refreshSrc), state, {
    ...world.surroundings,
    refreshSrc: () => refreshSrc,
    signal: leaving.signal,
  }).then((found) => finds.push(found))
  return { ...world, finds, done, leave: () => leaving.abort() }
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
    const { surroundings, advance, works, probed, finds } = setOut(failed)
    works.add('b')
    await advance(3749)
    expect(probed).toEqual([])
    await advance(1)
    expect(probed).toEqual(['a', 'b'])
    expect(finds).toEqual([{ index: 1 }])
    expect(surroundings.random()).toBe(0.5)
  })

  it('tells that nothing is back', async () => {
    const { advance, finds } = setOut(failed)
    await advance(3750)
    expect(finds).toEqual([null])
  })

  it('tries at once when somebody comes back', async () => {
    const { comeBack, works, finds } = setOut({ ...failed, tries: 3 })
    works.add('a')
    await comeBack()
    expect(finds).toEqual([{ index: 0 }])
  })

  it('tells nothing once the picture has gone', async () => {
    const { leave, advance, probed, finds } = setOut(failed)
    leave()
    await advance(60_000)
    expect([probed, finds]).toEqual([[], []])
  })

  it('asks for another one instead of trying what has expired', async () => {
    const { reasons, refreshSrc } = signer()
    const expired = standing({ status: 'failed', index: 1, tries: 1 }, { expiresAt: 1 })
    const { comeBack, probed, finds } = setOut(expired, refreshSrc)
    await comeBack()
    expect([probed, reasons]).toEqual([[], ['returned']])
    expect(finds).toEqual([fresh])
  })
})

describe('asking after a failure', () => {
  const failed = standing({ index: 1 })

  it('asks at once', async () => {
    const { reasons, refreshSrc } = signer()
    const { done, finds } = setOut(failed, refreshSrc)
    await done
    expect(reasons).toEqual(['failed'])
    expect(finds).toEqual([fresh])
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
    const { done, finds } = setOut(failed, refreshSrc)
    await done
    expect(finds).toEqual([null])
  })
})

describe('renewing', () => {
  const now = scriptSurroundings().surroundings.now()
  const signed = standing({ status: 'loaded' }, { expiresAt: now + 600_000 })

  it('asks half a minute to a minute before the end', async () => {
    const { reasons, refreshSrc } = signer()
    const { advance } = setOut(signed, refreshSrc)
    await advance(554_999)
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
    const { advance, comeBack, finds } = setOut({ ...signed, tries: 1 }, refreshSrc)
    await advance(3_600_000)
    expect(reasons).toEqual([])
    await comeBack()
    expect(finds).toEqual([null])
  })
})
