/** What became of one picture. `idle`: there is none to load. */
export type PictureState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' | 'loaded' | 'failed'; readonly source: string }

/** Each names the source it is about, so that late news of an earlier one changes nothing. */
export type PictureEvent =
  | { readonly type: 'sourced'; readonly source: string | null }
  | { readonly type: 'loaded' | 'failed'; readonly source: string }

/** Yields what a picture is before anything is known about it. */
export const startPicture = (source: string | null): PictureState =>
  source === null ? { status: 'idle' } : { status: 'loading', source }

/** Changes the state of a picture. Pure; the same object means that nothing happened. */
export function changePicture(state: PictureState, event: PictureEvent): PictureState {
  const known = state.status === 'idle' ? null : state.source
  if (event.type === 'sourced') {
    return event.source === known ? state : startPicture(event.source)
  }
  if (event.source !== known || event.type === state.status) return state
  return { status: event.type, source: event.source }
}
