import { createFailure } from '@lightfast/core'
import { expect, it } from 'vitest'
import { makeImage } from '../testing/make-image.ts'
import { changeImages, startImages } from './images-machine.ts'
import type { ImagesEvent, ImagesState } from './images-machine.ts'

const a = makeImage('ready', { id: 'a' })
const b = makeImage('ready', { id: 'b' })
const c = makeImage('ready', { id: 'c' })
const failure = createFailure('server_unreachable', 'No answer.')

const ready: ImagesState = { status: 'ready', images: [a, b], nextCursor: 'two', pages: 1 }
const last: ImagesState = { status: 'ready', images: [a], nextCursor: null, pages: 1 }
const more: ImagesState = { ...ready, status: 'loading-more', nextCursor: 'two' }
const moreFailed: ImagesState = { ...more, status: 'more-failed', failure }
const failed: ImagesState = { status: 'failed', images: [], failure }

it.each<[ImagesState, ImagesEvent, ImagesState]>([
  [startImages, { type: 'arrived', page: { images: [a, b], nextCursor: 'two' } }, ready],
  [startImages, { type: 'failed', failure }, failed],
  [failed, { type: 'retried' }, startImages],
  [ready, { type: 'more-wanted' }, more],
  [more, { type: 'failed', failure }, moreFailed],
  [moreFailed, { type: 'retried' }, more],
  // A page that overlaps the one before shows nothing twice.
  [
    more,
    { type: 'arrived', page: { images: [b, c], nextCursor: null } },
    { status: 'ready', images: [a, b, c], nextCursor: null, pages: 2 },
  ],
  // While the list is fetched anew, what is there stays.
  [ready, { type: 'reloaded' }, { status: 'loading', images: [a, b] }],
  [more, { type: 'reloaded' }, { status: 'loading', images: [a, b] }],
  [ready, { type: 'put', image: c }, { ...ready, images: [c, a, b] }],
  [
    ready,
    { type: 'put', image: { ...b, filename: 'new' } },
    { ...ready, images: [a, { ...b, filename: 'new' }] },
  ],
  [ready, { type: 'dropped', id: 'a' }, { ...ready, images: [b] }],
])('%# %j and %j make %j', (state, event, expected) => {
  expect(changeImages(state, event)).toEqual(expected)
})

it.each<[ImagesState, ImagesEvent]>([
  [startImages, { type: 'more-wanted' }],
  [startImages, { type: 'retried' }],
  [more, { type: 'more-wanted' }],
  // Only its button asks again: else a sentinel in sight would ask for ever.
  [moreFailed, { type: 'more-wanted' }],
  [last, { type: 'more-wanted' }],
  [ready, { type: 'arrived', page: { images: [c], nextCursor: null } }],
  [ready, { type: 'failed', failure }],
  [ready, { type: 'dropped', id: 'nobody' }],
])('%# %j stays the same object under %j', (state, event) => {
  expect(changeImages(state, event)).toBe(state)
})
