import { createFailure } from '@lightfast/core'
import type { FailureCode, Image } from '@lightfast/core'
import { examplePicture } from '../picture/example-pictures.ts'
import type { ImagesState } from './images-machine.ts'
import type { ImagesControl } from './use-images.ts'

/** An image as our routes answer it, showing one of the example pictures. */
export function exampleImage(at: number, details: Partial<Image> = {}): Image {
  const { filename, width, height, url, thumbhash } = examplePicture(at)
  return {
    id: `image-${at}`,
    uploadId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    state: 'ready',
    kind: 'photo',
    filename,
    facts: 'verified',
    contentType: 'image/jpeg',
    sizeBytes: 2_400_000,
    width,
    height,
    rung: 'direct',
    createdAt: 1_795_000_000_000 - at * 60_000,
    failure: null,
    mine: true,
    privacy: 'private',
    can: ['view', 'share', 'delete'],
    url,
    thumbhash,
    ...details,
  }
}

export const exampleImages = (count: number): readonly Image[] =>
  Array.from({ length: count }, (_, at) => exampleImage(at))

/** A gallery as it stands still, for stories: nothing that is done to it changes it. */
export function exampleGallery(
  state: ImagesState,
  actions: Partial<Omit<ImagesControl, 'state'>> = {},
): ImagesControl {
  const still = { more: ignore, retry: ignore, reload: ignore, put: ignore, drop: ignore }
  return { state, ...still, ...actions }
}

const ignore = (): void => undefined

export const failedWith = (code: FailureCode): ImagesState => ({
  status: 'failed',
  images: [],
  failure: createFailure(code, 'For the log.'),
})

/** One state for each status: a new one without a story does not compile. */
export const exampleGalleries: {
  readonly [Status in ImagesState['status']]: Extract<ImagesState, { status: Status }>
} = {
  loading: { status: 'loading', images: [] },
  ready: { status: 'ready', images: exampleImages(9), nextCursor: null, pages: 2 },
  'loading-more': {
    status: 'loading-more',
    images: exampleImages(9),
    nextCursor: 'two',
    pages: 1,
  },
  failed: {
    status: 'failed',
    images: [],
    failure: createFailure('server_unreachable', 'For the log.'),
  },
  'more-failed': {
    status: 'more-failed',
    images: exampleImages(9),
    nextCursor: 'two',
    pages: 1,
    failure: createFailure('store_unavailable', 'For the log.'),
  },
}
