/** A signed URL that takes the place of one that has expired or failed. */
export interface FreshSource {
  readonly src: string
  /** When it stops working, in ms since the epoch. Left out where nobody knows. */
  readonly expiresAt?: number | undefined
}

/** Where a picture may be. */
export interface PictureSources {
  /** In order of preference: the picture itself, then what stands in for it. */
  readonly sources: readonly string[]
  /** When the first stops working, in ms since the epoch; null where it never does or nobody knows. */
  readonly expiresAt: number | null
}

/** What became of one picture. `idle`: there is none to load. `failed`: none of its sources can be shown. */
export type PictureState =
  | { readonly status: 'idle' }
  | (PictureSources & {
      readonly status: 'loading' | 'loaded' | 'failed'
      /** As the app gave them: the first of its own `sources` may have been renewed since. */
      readonly given: PictureSources
      /** Which of the sources stands in the page, or stood there last. */
      readonly index: number
      /** What was done in the background, asking the app included, since the first source was last seen. */
      readonly tries: number
    })

export type StandingPicture = Exclude<PictureState, { status: 'idle' }>

/** Those about a source name it, so that late news of an earlier one changes nothing. */
export type PictureEvent =
  | { readonly type: 'sourced'; readonly given: PictureSources }
  | { readonly type: 'loaded' | 'failed' | 'recovered'; readonly src: string }
  | { readonly type: 'refreshed'; readonly fresh: FreshSource }
  /** Nothing came of what was tried. */
  | { readonly type: 'missed' }

/** Yields what a picture is before anything is known about it. */
export const startPicture = (given: PictureSources): PictureState =>
  given.sources.length === 0
    ? { status: 'idle' }
    : { ...given, status: 'loading', given, index: 0, tries: 0 }

/** Changes the state of a picture. Pure; the same object means that nothing happened. */
export function changePicture(state: PictureState, event: PictureEvent): PictureState {
  if (event.type === 'sourced') return source(state, event.given)
  if (state.status === 'idle') return state
  switch (event.type) {
    case 'loaded':
      return event.src === srcOf(state) ? load(state) : state
    case 'failed':
      return event.src === srcOf(state) ? fail(state) : state
    case 'recovered':
      return recover(state, event.src)
    case 'refreshed':
      return refresh(state, event.fresh)
    case 'missed':
      return { ...state, tries: state.tries + 1 }
    default:
      return event satisfies never
  }
}

/** Yields what stands in the page; null when nothing does. */
export const srcOf = (state: PictureState): string | null =>
  state.status === 'idle' || state.status === 'failed' ? null : (state.sources[state.index] ?? null)

/** Yields the sources that have failed and would be better than what stands in the page. */
export const missingSources = ({ status, sources, index }: StandingPicture): readonly string[] =>
  status === 'failed' ? sources : sources.slice(0, index)

function source(state: PictureState, given: PictureSources): PictureState {
  const known = state.status === 'idle' ? [] : state.given.sources
  const same = (src: string, at: number): boolean => src === given.sources[at]
  if (known.length !== given.sources.length || !known.every(same)) return startPicture(given)
  return state.status === 'idle' || Object.is(state.given.expiresAt, given.expiresAt)
    ? state
    : { ...state, given, expiresAt: given.expiresAt }
}

function load(state: StandingPicture): StandingPicture {
  const tries = state.index === 0 ? 0 : state.tries
  return state.status === 'loaded' && state.tries === tries
    ? state
    : { ...state, status: 'loaded', tries }
}

const fail = (state: StandingPicture): StandingPicture =>
  state.index + 1 < state.sources.length
    ? { ...state, status: 'loading', index: state.index + 1 }
    : { ...state, status: 'failed' }

/** Counted as a try: a source that loads out of sight and not in the page would come back for ever. */
function recover(state: StandingPicture, src: string): StandingPicture {
  const index = missingSources(state).indexOf(src)
  return index < 0 ? state : { ...state, status: 'loading', index, tries: state.tries + 1 }
}

/** A picture that is seen stays seen: the browser shows the old one until the fresh one is there. */
function refresh(state: StandingPicture, fresh: FreshSource): StandingPicture {
  const sources = [fresh.src, ...state.sources.slice(1)]
  const renewed = { ...state, sources, expiresAt: fresh.expiresAt ?? null }
  return state.status === 'loaded' && state.index === 0
    ? { ...renewed, tries: 0 }
    : { ...renewed, status: 'loading', index: 0, tries: state.tries + 1 }
}
