import type { FetchedPicture } from '../delivery/fetch-picture.ts'

/** How good what is shown is, best first. `stale`: older than it should be. `last-good`: as it was last seen, however long ago. */
export type PictureTier = 'fresh' | 'stale' | 'last-good' | 'placeholder'

/**
 * Why it is not fresh. `no-image`: there is none, or not for whoever asks. `undecided`: whether it may be shown could not be found out
 * in time. `watermark`: it may only be shown with a mark on it. `revalidating`: a newer one is on its way.
 */
export type PictureReason =
  | 'no-image'
  | 'undecided'
  | 'watermark'
  | 'revalidating'
  | 'timed-out'
  | 'circuit-open'
  | 'busy'
  | 'host-failed'

/** What is shown of a picture, at this moment. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly tier: PictureTier
  /** How long ago it was fetched; null for a placeholder. */
  readonly ageMs: number | null
  /** Null if it is fresh. */
  readonly reason: PictureReason | null
}

/** A picture that is to be had: how, and under which name it is kept, which holds all that it is made of. */
export interface PicturePlan {
  readonly key: string
  readonly fetch: (signal: AbortSignal) => Promise<FetchedPicture>
}
