/** What the tray of drafts says. */
export interface TrayWords {
  /** Shown as its title, and said when drafts turn up. */
  readonly waiting: (count: number) => string
  readonly line: (count: number) => string
  readonly uploadAll: (count: number) => string
  readonly discardAll: (count: number) => string
  /** Asks once more: what is discarded is gone. */
  readonly confirm: (count: number) => string
  /** The answer that discards, as a verb with its object. */
  readonly confirmed: (count: number) => string
  /** The answer that changes nothing. */
  readonly keep: string
  /** Spoken when they are gone. */
  readonly discarded: (count: number) => string
}
