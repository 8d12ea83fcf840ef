import { describe, expect, it } from 'vitest'
import { toErrand } from './picture-errand.ts'
import { changePicture, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureState } from './picture-state.ts'

const given = { sources: ['a', 'b'], expiresAt: 100_000 }
const after = (...events: readonly PictureEvent[]): PictureState =>
  events.reduce(changePicture, startPicture(given))

const lost: PictureEvent = { type: 'failed', src: 'a' }

const keyAfter = (...events: readonly PictureEvent[]): string =>
  toErrand(after(lost, ...events), 'absent').key

describe('toErrand', () => {
  it('has nothing to do for a picture that is or may come', () => {
    const loaded = after({ type: 'loaded', src: 'a' })
    const none = after({ type: 'sourced', sources: [], expiresAt: null })
    expect([after(), loaded, none].map((state) => toErrand(state, 'absent').type)).toEqual([
      'none',
      'none',
      'none',
    ])
  })

  it('asks for a fresh source once, and then tries what it has', () => {
    expect(toErrand(after(lost), 'offered').type).toBe('ask')
    expect(toErrand(after(lost, { type: 'refused' }), 'offered').type).toBe('recover')
    const fresh = { src: 'a2' }
    const again = after(lost, { type: 'refreshed', fresh }, { type: 'failed', src: 'a2' })
    expect(toErrand(again, 'offered').type).toBe('recover')
  })

  it.each([
    [0, 2500, 5000],
    [1, 10_000, 20_000],
    [2, 40_000, 80_000],
    [3, Infinity, Infinity],
    [9, Infinity, Infinity],
  ])('waits after %i tries from %d to %d ms', (tries, least, most) => {
    const misses = Array.from({ length: tries }, (): PictureEvent => ({ type: 'missed' }))
    const errand = toErrand(after(lost, ...misses), 'absent')
    const waits = errand.type === 'recover' ? [errand.waitMs(0), errand.waitMs(1)] : []
    expect(waits).toEqual([least, most])
  })

  it('renews half a minute before the end, and after a refusal only when somebody comes back', () => {
    expect(toErrand(after(), 'offered')).toMatchObject({ type: 'renew', at: 70_000 })
    expect(toErrand(after({ type: 'refused' }), 'offered')).toMatchObject({ at: Infinity })
    const renewed = after({ type: 'refreshed', fresh: { src: 'a2', expiresAt: 500_000 } })
    expect(toErrand(renewed, 'offered')).toMatchObject({ type: 'renew', at: 470_000 })
    const forEver = after({ type: 'refreshed', fresh: { src: 'a2' } })
    expect(toErrand(forEver, 'offered').type).toBe('none')
  })

  it('goes on with an errand while a stand-in loads, and makes another one of each try', () => {
    expect(keyAfter({ type: 'loaded', src: 'b' })).toBe(keyAfter())
    expect(keyAfter({ type: 'missed' })).not.toBe(keyAfter())
    expect(keyAfter({ type: 'failed', src: 'b' })).not.toBe(keyAfter())
  })
})
