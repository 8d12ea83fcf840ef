import { describe, expect, it } from 'vitest'
import { changePicture, startPicture } from './picture-machine.ts'
import type { PictureEvent, PictureState } from './picture-machine.ts'

const idle: PictureState = { status: 'idle' }
const loading: PictureState = { status: 'loading', source: 'a' }
const loaded: PictureState = { status: 'loaded', source: 'a' }
const failed: PictureState = { status: 'failed', source: 'a' }

it('starts idle without a source and loading with one', () => {
  expect([startPicture(null), startPicture('a')]).toEqual([idle, loading])
})

describe('changePicture', () => {
  it.each<[PictureState, PictureEvent, PictureState]>([
    [idle, { type: 'sourced', source: 'a' }, loading],
    [loading, { type: 'loaded', source: 'a' }, loaded],
    [loading, { type: 'failed', source: 'a' }, failed],
    [failed, { type: 'loaded', source: 'a' }, loaded],
    [loaded, { type: 'sourced', source: 'b' }, { status: 'loading', source: 'b' }],
    [loaded, { type: 'sourced', source: null }, idle],
  ])('%j and %j make %j', (state, event, expected) => {
    expect(changePicture(state, event)).toEqual(expected)
  })

  it.each<[PictureState, PictureEvent]>([
    [idle, { type: 'sourced', source: null }],
    [idle, { type: 'loaded', source: 'a' }],
    [loading, { type: 'sourced', source: 'a' }],
    [loading, { type: 'failed', source: 'an earlier one' }],
    [loaded, { type: 'loaded', source: 'a' }],
  ])('%j stays the same object under %j', (state, event) => {
    expect(changePicture(state, event)).toBe(state)
  })
})
