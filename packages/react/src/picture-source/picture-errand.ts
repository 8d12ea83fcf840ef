import { expiryOf, missingSources, sourcesOf } from './picture-state.ts'
import type { PictureState, StandingPicture } from './picture-state.ts'

/** What is to be done for a picture in the background. Two of the same key are the same errand. */
export type PictureErrand =
  /** The lot of nearly all pictures, and it costs nothing. */
  | { readonly type: 'none'; readonly key: '' }
  /** Ask the app for another first source, at once. */
  | { readonly type: 'ask'; readonly key: string }
  /** Try the missing sources again: after a while, or when somebody comes back. */
  | { readonly type: 'recover'; readonly key: string; readonly waitMs: (random: number) => number }
  /** Ask the app for another first source before it expires. */
  | { readonly type: 'renew'; readonly key: string; readonly at: number }

/** How often a missing picture is tried again by itself. After that only when somebody comes back. */
const MAX_TRIES = 3
const FIRST_WAIT_MS = 5000

/** Long enough to fetch another signed URL, short against its life. */
const RENEW_BEFORE_MS = 30_000

/** Decides what is to be done for a picture, by its state alone. */
export function toErrand(state: PictureState, refreshing: 'offered' | 'absent'): PictureErrand {
  if (state.status === 'idle') return none
  const missing = missingSources(state)
  if (missing.length > 0) {
    return refreshing === 'offered' && !state.asked
      ? { type: 'ask', key: `ask ${missing[0]}` }
      : recovery(state, missing)
  }
  return refreshing === 'offered' ? renewal(state) : none
}

const none: PictureErrand = { type: 'none', key: '' }

/** Half of each wait is left to chance, so that a thousand pictures do not come back in one second. */
function recovery({ tries }: StandingPicture, missing: readonly string[]): PictureErrand {
  const longest = tries < MAX_TRIES ? FIRST_WAIT_MS * 4 ** tries : Infinity
  return {
    type: 'recover',
    key: `recover ${tries} ${missing.join(' ')}`,
    waitMs: (random) => longest * (0.5 + random / 2),
  }
}

/** An app that had no other source is asked again only when somebody comes back. */
function renewal(state: StandingPicture): PictureErrand {
  const expiresAt = expiryOf(state)
  if (expiresAt === null) return none
  const at = state.refusals > 0 ? Infinity : expiresAt - RENEW_BEFORE_MS
  return { type: 'renew', key: `renew ${at} ${state.refusals} ${sourcesOf(state)[0]}`, at }
}
