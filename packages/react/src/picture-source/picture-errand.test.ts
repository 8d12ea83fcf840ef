import { describe, expect, it } from 'vitest'
import { renewalOf, toErrand, waitBefore } from './picture-errand.ts'
import { changePicture, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureState } from './picture-state.ts'

const given = { sources: ['a', 'b'], expiresAt: 100_000 }
const after = (...events: readonly PictureEvent[]): PictureState =>
  events.reduce(changePicture, startPicture(given))

const offered = () => Promise.resolve(null)
const missed: PictureEvent = { type: 'tried', found: null }
const fresh: PictureEvent = {
  type: 'tried',
  found: { index: 0, sources: ['a2', 'b'], expiresAt: null },
}
const lost: PictureEvent = { type: 'failed', src: 'a' }

const keyAfter = (...events: readonly PictureEvent[]): string =>
  toErrand(after(lost, ...events), undefined).key

describe('toErrand', () => {
  it('has nothing to do for a picture that is or may come', () => {
    const loaded = after({ type: 'loaded', src: 'a' })
    const none = after({ type: 'sourced', given: { sources: [], expiresAt: null } })
    expect([after(), loaded, none].map((state) => toErrand(state, undefined).type)).toEqual([
      'none',
      'none',
      'none',
    ])
  })

  it('asks for a fresh source once, and then tries what it has', () => {
    expect(toErrand(after(lost), offered).type).toBe('ask')
    expect(toErrand(after(lost, missed), offered).type).toBe('recover')
    const again = after(lost, fresh, { type: 'failed', src: 'a2' })
    expect(toErrand(again, offered).type).toBe('recover')
  })

  it.each([
    [0, 2500, 5000],
    [1, 10_000, 20_000],
    [2, 40_000, 80_000],
    [3, Infinity, Infinity],
    [9, Infinity, Infinity],
  ])('waits after %i tries from %d to %d ms', (tries, least, most) => {
    expect([waitBefore(tries, 0), waitBefore(tries, 1)]).toEqual([least, most])
  })

  it('renews what is known to end, if the app can', () => {
    const endless = after(fresh)
    expect(toErrand(after(), offered).type).toBe('renew')
    expect(toErrand(endless, offered).type).toBe('none')
    expect(toErrand(after(), undefined).type).toBe('none')
  })

  it('renews up to a minute before the end, and after a refusal only when somebody comes back', () => {
    expect([renewalOf(after(), 0), renewalOf(after(), 1)]).toEqual([70_000, 40_000])
    expect(renewalOf(after(missed), 0)).toBe(Infinity)
  })

  it('goes on with an errand while a stand-in loads, and makes another one of each try', () => {
    expect(keyAfter({ type: 'loaded', src: 'b' })).toBe(keyAfter())
    expect(keyAfter(missed)).not.toBe(keyAfter())
    expect(keyAfter({ type: 'failed', src: 'b' })).not.toBe(keyAfter())
  })
})
