/** A signed URL that takes the place of one that has expired or failed. */
export interface FreshSource {
  readonly src: string
  /** When it stops working, in ms since the epoch. Left out where nobody knows. */
  readonly expiresAt?: number | undefined
}

/** Where a picture may be, as the app gives it. */
export interface PictureSources {
  /** In order of preference: the picture itself, then what stands in for it. */
  readonly sources: readonly string[]
  /** When the first stops working, in ms since the epoch; null where it never does or nobody knows. */
  readonly expiresAt: number | null
}

/** What became of one picture. `idle`: there is none to load. `failed`: none of its sources can be shown. */
export type PictureState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'loading' | 'loaded' | 'failed'
      readonly given: PictureSources
      /** In the place of the first source once the app has renewed it. */
      readonly fresh: FreshSource | null
      /** Which of the sources stands in the page. */
      readonly index: number
      /** How often the better ones were tried again since the first was last seen. */
      readonly tries: number
      /** Whether the app was asked for another first source since it was last seen. */
      readonly asked: boolean
      /** How often the app had no other source when asked before the first expired. */
      readonly refusals: number
    }

export type StandingPicture = Exclude<PictureState, { status: 'idle' }>

/** Those about a source name it, so that late news of an earlier one changes nothing. */
export type PictureEvent =
  | ({ readonly type: 'sourced' } & PictureSources)
  | { readonly type: 'loaded' | 'failed' | 'recovered'; readonly src: string }
  | { readonly type: 'refreshed'; readonly fresh: FreshSource }
  | { readonly type: 'refused' | 'missed' }

/** Yields what a picture is before anything is known about it. */
export const startPicture = ({ sources, expiresAt }: PictureSources): PictureState =>
  sources.length === 0
    ? { status: 'idle' }
    : {
        status: 'loading',
        given: { sources, expiresAt },
        fresh: null,
        index: 0,
        tries: 0,
        asked: false,
        refusals: 0,
      }

/** Changes the state of a picture. Pure; the same object means that nothing happened. */
export function changePicture(state: PictureState, event: PictureEvent): PictureState {
  if (event.type === 'sourced') return source(state, event)
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
    case 'refused':
      return { ...state, asked: true, refusals: state.refusals + 1 }
    case 'missed':
      return { ...state, tries: state.tries + 1 }
    default:
      return event satisfies never
  }
}

/** Yields the sources as they are now, the best first. */
export const sourcesOf = ({ given, fresh }: StandingPicture): readonly string[] =>
  fresh === null ? given.sources : [fresh.src, ...given.sources.slice(1)]

/** Yields what stands in the page, or stood there last. */
export const srcOf = (state: PictureState): string | null =>
  state.status === 'idle' ? null : (sourcesOf(state)[state.index] ?? null)

/** Yields when the first source stops working, in ms since the epoch; null where nobody knows. */
export const expiryOf = ({ given, fresh }: StandingPicture): number | null =>
  fresh === null ? given.expiresAt : (fresh.expiresAt ?? null)

/** Yields the sources that have failed and would be better than what stands in the page. */
export const missingSources = (state: StandingPicture): readonly string[] =>
  sourcesOf(state).slice(0, state.status === 'failed' ? undefined : state.index)

function source(state: PictureState, { sources, expiresAt }: PictureSources): PictureState {
  const known = state.status === 'idle' ? [] : state.given.sources
  const same = known.length === sources.length && known.every((src, at) => src === sources[at])
  if (!same) return startPicture({ sources, expiresAt })
  if (state.status === 'idle' || Object.is(state.given.expiresAt, expiresAt)) return state
  return { ...state, given: { sources: known, expiresAt } }
}

function load(state: StandingPicture): StandingPicture {
  if (state.index === 0) {
    const seen = state.status === 'loaded' && state.tries === 0 && !state.asked
    return seen ? state : { ...state, status: 'loaded', tries: 0, asked: false }
  }
  return state.status === 'loaded' ? state : { ...state, status: 'loaded' }
}

function fail(state: StandingPicture): StandingPicture {
  if (state.status === 'failed') return state
  return state.index + 1 < state.given.sources.length
    ? { ...state, status: 'loading', index: state.index + 1 }
    : { ...state, status: 'failed' }
}

function recover(state: StandingPicture, src: string): StandingPicture {
  const index = missingSources(state).indexOf(src)
  // Counted as a try: one that loads here and not in the page would come back for ever.
  return index === -1 ? state : { ...state, status: 'loading', index, tries: state.tries + 1 }
}

/** A picture that is seen stays seen: the browser shows the old one until the fresh one is there. */
function refresh(state: StandingPicture, fresh: FreshSource): StandingPicture {
  const seen = state.status === 'loaded' && state.index === 0
  return {
    ...state,
    status: seen ? 'loaded' : 'loading',
    fresh,
    index: 0,
    asked: true,
    refusals: 0,
  }
}
