import { describe, expect, it } from 'vitest'
import { changePicture, missingSources, srcOf, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureState, StandingPicture } from './picture-state.ts'

const given = { sources: ['a', 'b'], expiresAt: null }
const idle: PictureState = { status: 'idle' }
const loading: StandingPicture = {
  status: 'loading',
  given,
  fresh: null,
  index: 0,
  tries: 0,
  asked: false,
  refusals: 0,
}
const loaded: StandingPicture = { ...loading, status: 'loaded' }
const standIn: StandingPicture = { ...loading, index: 1 }
const failed: StandingPicture = { ...loading, status: 'failed', index: 1 }
const fresh = { src: 'a2', expiresAt: 9 }
const refreshed: StandingPicture = { ...loading, fresh, asked: true }

it('starts idle without a source and loading with one', () => {
  expect([startPicture({ ...given, sources: [] }), startPicture(given)]).toEqual([idle, loading])
})

describe('changePicture', () => {
  it.each<[PictureState, PictureEvent, PictureState]>([
    [idle, { type: 'sourced', ...given }, loading],
    [loaded, { type: 'sourced', ...given, sources: [] }, idle],
    [
      failed,
      { type: 'sourced', ...given, expiresAt: 5 },
      { ...failed, given: { ...given, expiresAt: 5 } },
    ],
    [loading, { type: 'loaded', src: 'a' }, loaded],
    [loading, { type: 'failed', src: 'a' }, standIn],
    [standIn, { type: 'loaded', src: 'b' }, { ...standIn, status: 'loaded' }],
    [standIn, { type: 'failed', src: 'b' }, failed],
    [loaded, { type: 'failed', src: 'a' }, standIn],
    [failed, { type: 'loaded', src: 'b' }, { ...standIn, status: 'loaded' }],
    [failed, { type: 'missed' }, { ...failed, tries: 1 }],
    [failed, { type: 'recovered', src: 'a' }, { ...loading, tries: 1 }],
    [failed, { type: 'recovered', src: 'b' }, { ...standIn, tries: 1 }],
    [{ ...loading, tries: 2, asked: true }, { type: 'loaded', src: 'a' }, loaded],
    [
      { ...standIn, tries: 2 },
      { type: 'loaded', src: 'b' },
      { ...standIn, status: 'loaded', tries: 2 },
    ],
    [failed, { type: 'refreshed', fresh }, refreshed],
    [loaded, { type: 'refreshed', fresh }, { ...refreshed, status: 'loaded' }],
    [refreshed, { type: 'loaded', src: 'a2' }, { ...loaded, fresh }],
    [refreshed, { type: 'failed', src: 'a2' }, { ...refreshed, index: 1 }],
    [loaded, { type: 'refused' }, { ...loaded, asked: true, refusals: 1 }],
  ])('%j and %j make %j', (state, event, expected) => {
    expect(changePicture(state, event)).toEqual(expected)
  })

  it.each<[PictureState, PictureEvent]>([
    [idle, { type: 'sourced', sources: [], expiresAt: null }],
    [idle, { type: 'loaded', src: 'a' }],
    [idle, { type: 'missed' }],
    [loading, { type: 'sourced', sources: ['a', 'b'], expiresAt: null }],
    [loading, { type: 'failed', src: 'an earlier one' }],
    [loading, { type: 'recovered', src: 'a' }],
    [loaded, { type: 'loaded', src: 'a' }],
    [failed, { type: 'failed', src: 'b' }],
    [refreshed, { type: 'sourced', ...given }],
  ])('%j stays the same object under %j', (state, event) => {
    expect(changePicture(state, event)).toBe(state)
  })

  it('settles under a time that is not a number', () => {
    const state = changePicture(loading, { type: 'sourced', ...given, expiresAt: NaN })
    expect(changePicture(state, { type: 'sourced', ...given, expiresAt: NaN })).toBe(state)
  })
})

it('tells what stands in the page, and what would be better', () => {
  const told = [idle, loading, standIn, failed, refreshed].map((state) => [
    srcOf(state),
    state.status === 'idle' ? [] : missingSources(state),
  ])
  expect(told).toEqual([
    [null, []],
    ['a', []],
    ['b', ['a']],
    ['b', ['a', 'b']],
    ['a2', []],
  ])
})
