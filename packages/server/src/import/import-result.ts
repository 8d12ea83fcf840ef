import type { FailureCode } from '@lightfast/core'

/** What became of one source. `known`: it was there already. `kept`: we have its bytes, and a job sends them on. */
export type ImportResult = { readonly name: string } & (
  | {
      readonly outcome: 'imported' | 'known' | 'kept'
      readonly imageId: string
      readonly sha256: string
    }
  /** An earlier run is remembered to have done it. */
  | { readonly outcome: 'remembered' }
  /** A dry run says that it would be imported. */
  | { readonly outcome: 'new' }
  /** A dry run does not ask addresses; else its image was deleted by somebody. */
  | { readonly outcome: 'skipped'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly code: FailureCode; readonly reason: string }
)

/** How many ended in each way. */
export type ImportTally = Readonly<Record<ImportResult['outcome'], number>>

/** Counts results, none of them yet. */
export const emptyTally: ImportTally = {
  imported: 0,
  known: 0,
  kept: 0,
  remembered: 0,
  new: 0,
  skipped: 0,
  failed: 0,
}

/** Why an image that somebody deleted does not come back by itself. */
export const DELETED = 'It was imported before, and its image was deleted since.'
