import { describe, expect, it } from 'vitest'
import { changePicture, missingSources, srcOf, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureState } from './picture-state.ts'

const given = { sources: ['a', 'b'], expiresAt: null }
const none = { sources: [], expiresAt: null }
const idle: PictureState = { ...none, status: 'idle', given: none, index: 0, tries: 0 }
const loading: PictureState = { ...given, status: 'loading', given, index: 0, tries: 0 }
const loaded: PictureState = { ...loading, status: 'loaded' }
const standIn: PictureState = { ...loading, index: 1 }
const failed: PictureState = { ...loading, status: 'failed', index: 1 }
const fresh = { index: 0, sources: ['a2', 'b'], expiresAt: 9 }
const renewed: PictureState = { ...loaded, sources: ['a2', 'b'], expiresAt: 9 }

it('starts idle without a source and loading with one', () => {
  expect([startPicture(none), startPicture(given)]).toEqual([idle, loading])
})

describe('changePicture', () => {
  it.each<[PictureState, PictureEvent, PictureState]>([
    [idle, { type: 'sourced', given }, loading],
    [loaded, { type: 'sourced', given: none }, idle],
    [
      failed,
      { type: 'sourced', given: { ...given, expiresAt: 5 } },
      { ...failed, given: { ...given, expiresAt: 5 }, expiresAt: 5 },
    ],
    [loading, { type: 'loaded', src: 'a' }, loaded],
    [loading, { type: 'failed', src: 'a' }, standIn],
    [standIn, { type: 'loaded', src: 'b' }, { ...standIn, status: 'loaded' }],
    [standIn, { type: 'failed', src: 'b' }, failed],
    [loaded, { type: 'failed', src: 'a' }, standIn],
    [failed, { type: 'tried', found: null }, { ...failed, tries: 1 }],
    [failed, { type: 'tried', found: { index: 0 } }, { ...loading, tries: 1 }],
    [failed, { type: 'tried', found: { index: 1 } }, { ...standIn, tries: 1 }],
    [{ ...loading, tries: 2 }, { type: 'loaded', src: 'a' }, loaded],
    [
      { ...standIn, tries: 2 },
      { type: 'loaded', src: 'b' },
      { ...standIn, status: 'loaded', tries: 2 },
    ],
    [failed, { type: 'tried', found: fresh }, { ...renewed, status: 'loading', tries: 1 }],
    [loaded, { type: 'tried', found: fresh }, renewed],
    [renewed, { type: 'failed', src: 'a2' }, { ...renewed, status: 'loading', index: 1 }],
  ])('%j and %j make %j', (state, event, expected) => {
    expect(changePicture(state, event)).toEqual(expected)
  })

  it.each<[PictureState, PictureEvent]>([
    [idle, { type: 'sourced', given: { sources: [], expiresAt: null } }],
    [idle, { type: 'loaded', src: 'a' }],
    [loading, { type: 'sourced', given: { sources: ['a', 'b'], expiresAt: null } }],
    [loading, { type: 'failed', src: 'an earlier one' }],
    [loaded, { type: 'loaded', src: 'a' }],
    [failed, { type: 'failed', src: 'b' }],
    [renewed, { type: 'sourced', given }],
  ])('%j stays the same object under %j', (state, event) => {
    expect(changePicture(state, event)).toBe(state)
  })

  it('settles under a time that is not a number', () => {
    const state = changePicture(loading, { type: 'sourced', given: { ...given, expiresAt: NaN } })
    expect(changePicture(state, { type: 'sourced', given: { ...given, expiresAt: NaN } })).toBe(
      state,
    )
  })
})

it('tells what stands in the page, and what would be better', () => {
  const told = [idle, loading, standIn, failed, renewed].map((state) => [
    srcOf(state),
    missingSources(state),
  ])
  expect(told).toEqual([
    [null, []],
    ['a', []],
    ['b', ['a']],
    [null, ['a', 'b']],
    ['a2', []],
  ])
})
