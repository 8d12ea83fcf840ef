import type { DraftOutcome } from '@lightfast/core'

/** A file that was picked and is not safe at Cloudflare yet. */
export interface Draft {
  /** The upload id it was picked with; a new try keeps it, so that no file becomes two images. */
  readonly uploadId: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly pickedAt: number
  readonly bytes: Blob
  /**
   * The image that our server made of it, once the bytes are there: such a draft goes on by itself. Absent
   * as long as the bytes are on this device only.
   */
  readonly handedOverAs?: string
}

/** Lets go of a draft. Resolves once somebody else can hold it. */
export type LetGo = () => Promise<void>

/**
 * Keeps drafts for one person and one place of the app.
 *
 * - What was saved is listed, with its bytes, until it is removed. Saving an upload id again replaces it.
 * - Drafts are listed oldest first.
 * - A draft older than the maximum age is never listed, and listing removes it.
 * - Another person, or another place of the app, never sees it.
 * - `save` answers `kept` only if the copy outlives the page; it does not reject.
 * - `list`, `remove` and `hold` do not reject either: a device without storage has no drafts.
 * - A draft that is held is not listed, in no tab: whoever holds it is working on it.
 * - Of those who ask to hold a draft at the same time, in whatever tab, one can; the others get null.
 */
export interface DraftStore {
  readonly save: (draft: Draft) => Promise<DraftOutcome>
  readonly list: () => Promise<readonly Draft[]>
  readonly remove: (uploadId: string) => Promise<void>
  /** Holds a draft until the page is gone, or until it is let go. Null: somebody else holds it. */
  readonly hold: (uploadId: string) => Promise<LetGo | null>
}

/** A draft lives 24 hours unless asked otherwise. */
export const DEFAULT_DRAFT_AGE_MS: number = 24 * 60 * 60_000
