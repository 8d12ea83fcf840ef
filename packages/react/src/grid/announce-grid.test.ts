import { expect, it } from 'vitest'
import { enGrid } from '../words/en-grid.ts'
import { announceGrid } from './announce-grid.ts'
import { exampleGalleries, exampleImages } from './example-images.ts'
import type { ImagesState } from './images-machine.ts'

const { loading, ready, failed } = exampleGalleries
const loadingMore = exampleGalleries['loading-more']
const moreFailed = exampleGalleries['more-failed']

it.each<[string, ImagesState, ImagesState]>([
  ['', loading, ready],
  ['', ready, { ...ready, images: ready.images.slice(1) }],
  ['', loadingMore, { status: 'loading', images: loadingMore.images }],
  [
    '12 more photos',
    loadingMore,
    { status: 'ready', images: exampleImages(21), nextCursor: 'three', pages: 2 },
  ],
  [
    '1 more photo. That is all: 10 photos.',
    loadingMore,
    { status: 'ready', images: exampleImages(10), nextCursor: null, pages: 2 },
  ],
  [
    'Photos cannot be listed right now. We cannot reach our server. Nothing is lost, and you can try again.',
    loading,
    failed,
  ],
  ['We could not get more photos. Those above are still here.', loadingMore, moreFailed],
])('says %j', (said, before, after) => {
  const look = { selected: 0 }
  expect(announceGrid({ ...look, state: before }, { ...look, state: after }, enGrid)).toBe(said)
})

it.each([
  [0, 1, ''],
  [2, 1, ''],
  [1, 5, '5 of 9 selected'],
  [5, 0, '0 of 9 selected'],
])('when %d chosen become %d, says %j', (before, after, said) => {
  expect(
    announceGrid({ state: ready, selected: before }, { state: ready, selected: after }, enGrid),
  ).toBe(said)
})
