/** Where a picture may be. */
export interface PictureSources {
  /** In order of preference: the picture itself, then what stands in for it. */
  readonly sources: readonly string[]
  /** When the first stops working, in ms since the epoch; null where it never does or nobody knows. */
  readonly expiresAt: number | null
}

/** What became of one picture. */
export interface PictureState extends PictureSources {
  /** `idle`: there are no sources. `failed`: none of them can be shown. */
  readonly status: 'idle' | 'loading' | 'loaded' | 'failed'
  /** The sources as the app gave them: the first may have been renewed since. */
  readonly given: PictureSources
  /** Which of the sources stands in the page, or stood there last. */
  readonly index: number
  /** What was done in the background, asking the app included, since the first source was last seen. */
  readonly tries: number
}

/** What a try in the background came to: which source can be shown now, and what is new about them. */
export type Found = Pick<PictureState, 'index'> & Partial<PictureSources>

export type PictureEvent =
  | { readonly type: 'sourced'; readonly given: PictureSources }
  /** News of one source, which it names: late news of an earlier one changes nothing. */
  | { readonly type: 'loaded' | 'failed'; readonly src: string }
  | { readonly type: 'tried'; readonly found: Found | null }

/** Yields what a picture is before anything is known about it. */
export const startPicture = (given: PictureSources): PictureState => ({
  ...given,
  status: given.sources.length > 0 ? 'loading' : 'idle',
  given,
  index: 0,
  tries: 0,
})

/** Changes the state of a picture. Pure; the same object means that nothing happened. */
export function changePicture(state: PictureState, event: PictureEvent): PictureState {
  if (event.type === 'sourced') return source(state, event.given)
  if (event.type === 'tried') return take(state, event.found)
  if (event.src !== srcOf(state)) return state
  return event.type === 'loaded' ? load(state) : fail(state)
}

/** Yields what stands in the page; null when nothing does. */
export const srcOf = ({ status, sources, index }: PictureState): string | null =>
  (status === 'failed' ? null : sources[index]) ?? null

/** Yields the sources that have failed and would be better than what stands in the page. */
export const missingSources = ({ status, sources, index }: PictureState): readonly string[] =>
  status === 'failed' ? sources : sources.slice(0, index)

function source(state: PictureState, given: PictureSources): PictureState {
  const { sources, expiresAt } = state.given
  const same = (src: string, at: number): boolean => src === given.sources[at]
  if (sources.length !== given.sources.length || !sources.every(same)) return startPicture(given)
  return Object.is(expiresAt, given.expiresAt)
    ? state
    : { ...state, given, expiresAt: given.expiresAt }
}

/**
 * A picture that is seen stays seen: the browser shows the old one until the fresh one is there. Else
 * even a find is counted: a source that loads out of sight and not in the page would come back for ever.
 */
function take(state: PictureState, found: Found | null): PictureState {
  if (found === null) return { ...state, tries: state.tries + 1 }
  return state.status === 'loaded' && state.index === 0
    ? { ...state, ...found, tries: 0 }
    : { ...state, ...found, status: 'loading', tries: state.tries + 1 }
}

function load(state: PictureState): PictureState {
  const tries = state.index > 0 ? state.tries : 0
  return state.status === 'loaded' && state.tries === tries
    ? state
    : { ...state, status: 'loaded', tries }
}

const fail = (state: PictureState): PictureState =>
  state.index + 1 < state.sources.length
    ? { ...state, status: 'loading', index: state.index + 1 }
    : { ...state, status: 'failed' }
