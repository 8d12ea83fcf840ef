import type { Failure, Image, ImageList } from '@lightfast/core'

/** A list of images that comes in pages. What has arrived is kept through every trouble. */
export type ImagesState = { readonly images: readonly Image[] } & (
  | { readonly status: 'loading' }
  /** `nextCursor` is null on the last page; `pages` tells how many there were. */
  | { readonly status: 'ready'; readonly nextCursor: string | null; readonly pages: number }
  | { readonly status: 'loading-more'; readonly nextCursor: string; readonly pages: number }
  | { readonly status: 'failed'; readonly failure: Failure }
  | {
      readonly status: 'more-failed'
      readonly nextCursor: string
      readonly pages: number
      readonly failure: Failure
    }
)

export type ImagesEvent =
  | { readonly type: 'more-wanted' | 'retried' | 'reloaded' }
  | { readonly type: 'arrived'; readonly page: ImageList }
  | { readonly type: 'failed'; readonly failure: Failure }
  /** The app knows better than the list: one was uploaded or changed, or deleted. */
  | { readonly type: 'put'; readonly image: Image }
  | { readonly type: 'dropped'; readonly id: string }

export const startImages: ImagesState = { status: 'loading', images: [] }

/** Changes the state of a list. Pure; the same object means that nothing happened. */
export function changeImages(state: ImagesState, event: ImagesEvent): ImagesState {
  switch (event.type) {
    case 'more-wanted':
      return state.status === 'ready' && state.nextCursor !== null
        ? getMore(state.images, state.nextCursor, state.pages)
        : state
    case 'retried':
      return retry(state)
    case 'reloaded':
      return { status: 'loading', images: state.images }
    case 'arrived':
      return arrive(state, event.page)
    case 'failed':
      return fail(state, event.failure)
    case 'put':
      return { ...state, images: put(state.images, event.image) }
    case 'dropped':
      return drop(state, event.id)
    default:
      return event satisfies never
  }
}

const getMore = (images: readonly Image[], nextCursor: string, pages: number): ImagesState => ({
  status: 'loading-more',
  images,
  nextCursor,
  pages,
})

function retry(state: ImagesState): ImagesState {
  if (state.status === 'failed') return { status: 'loading', images: state.images }
  if (state.status !== 'more-failed') return state
  return getMore(state.images, state.nextCursor, state.pages)
}

function arrive(state: ImagesState, { images, nextCursor }: ImageList): ImagesState {
  if (state.status === 'loading') return { status: 'ready', images, nextCursor, pages: 1 }
  if (state.status !== 'loading-more') return state
  const known = new Set(state.images.map(({ id }) => id))
  // Two pages overlap when something was added between them.
  const added = images.filter(({ id }) => !known.has(id))
  const all = [...state.images, ...added]
  return { status: 'ready', images: all, nextCursor, pages: state.pages + 1 }
}

function fail(state: ImagesState, failure: Failure): ImagesState {
  if (state.status === 'loading') return { status: 'failed', images: state.images, failure }
  if (state.status !== 'loading-more') return state
  return { ...state, status: 'more-failed', failure }
}

/** In place of the one that is there, or else in front, since the list is newest first. */
function put(images: readonly Image[], image: Image): readonly Image[] {
  const isKnown = images.some(({ id }) => id === image.id)
  return isKnown ? images.map((one) => (one.id === image.id ? image : one)) : [image, ...images]
}

function drop(state: ImagesState, id: string): ImagesState {
  const images = state.images.filter((image) => image.id !== id)
  return images.length === state.images.length ? state : { ...state, images }
}
