import type { UploadItem } from '../upload/upload-state.ts'

export type ChosenDraft = Pick<UploadItem, 'pickedAt' | 'sizeBytes'>

/** What the tray of drafts says. */
export interface TrayWords {
  /** Shown as its title, and said when drafts turn up. */
  readonly waiting: (count: number) => string
  readonly line: (count: number) => string
  /** Says of one draft when it was chosen, and how large it is. */
  readonly chosen: (draft: ChosenDraft, now: number) => string
  readonly uploadAll: string
  readonly discardAll: string
  /** Said before all are discarded: what is discarded is gone. */
  readonly confirm: string
  /** The answer that discards, as a verb with its object. */
  readonly confirmed: (count: number) => string
  /** The answer that changes nothing. */
  readonly keep: string
  /** Spoken when they are gone. */
  readonly discarded: (count: number) => string
}
