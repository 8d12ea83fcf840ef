import { missingSources } from './picture-state.ts'
import type { PictureState } from './picture-state.ts'
import type { RefreshSource } from './refresh-source.ts'

/** What is to be done for a picture in the background. Two of the same key are the same errand. */
export interface PictureErrand {
  /**
   * `none`, the lot of nearly all pictures, costs nothing. `ask`: ask the app for another first source, at
   * once. `recover`: try the missing sources again, after a while. `renew`: ask before the first expires.
   */
  readonly type: 'none' | 'ask' | 'recover' | 'renew'
  readonly key: string
}

/** How often a missing picture is tried again by itself. After that only when somebody comes back. */
const MAX_TRIES = 3
const FIRST_WAIT_MS = 2500

/** Long enough to fetch another signed URL, and even twice as long is short against its life. */
const RENEW_BEFORE_MS = 30_000

/** Decides what is to be done for a picture, by its state and by whether the app can refresh it. */
export function toErrand(state: PictureState, refresh: RefreshSource | undefined): PictureErrand {
  const { sources, expiresAt, tries } = state
  const missing = missingSources(state)
  if (missing.length > 0) {
    return refresh && tries === 0
      ? { type: 'ask', key: `ask ${sources[0]}` }
      : { type: 'recover', key: `${tries} ${missing.join(' ')}` }
  }
  return refresh && expiresAt !== null
    ? { type: 'renew', key: `renew ${tries} ${expiresAt} ${sources[0]}` }
    : { type: 'none', key: '' }
}

/** Yields how long to wait before missing sources are tried again. Up to as much again is left to chance: a thousand pictures do not come back in one second. */
export const waitBefore = (tries: number, random: number): number =>
  tries < MAX_TRIES ? FIRST_WAIT_MS * 4 ** tries * (1 + random) : Infinity

/**
 * Yields when to renew, in ms since the epoch. All that was signed within the same minutes ends at the same moment: chance has its
 * part here too. An app that had no other source is asked again only when somebody comes back.
 */
export const renewalOf = ({ expiresAt, tries }: PictureState, random: number): number =>
  expiresAt === null || tries > 0 ? Infinity : expiresAt - RENEW_BEFORE_MS * (1 + random)
