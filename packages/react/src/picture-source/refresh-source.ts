/** Why another source is asked for: the one at hand is about to expire, could not be loaded, or expired while nobody looked. */
export type RefreshReason = 'expiring' | 'failed' | 'returned'

/** A signed URL that takes the place of one that has expired or failed. */
export interface FreshSource {
  readonly src: string
  /** When it stops working, in ms since the epoch. Left out where nobody knows. */
  readonly expiresAt?: number | undefined
}

/** Asks the app for another URL of the same picture, such as a newly signed one; null where there is none. */
export type RefreshSource = (reason: RefreshReason) => Promise<FreshSource | null>
