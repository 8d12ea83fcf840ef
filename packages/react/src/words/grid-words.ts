import type { AccessReason, HostReason } from '@lightfast/core'

/** Why a gallery cannot be listed. */
export type GridReason = AccessReason | HostReason

/** What a gallery says. */
export interface GridWords {
  /** Names the list for those who do not see it. */
  readonly name: string
  readonly loading: string
  readonly empty: { readonly title: string; readonly line: string }
  readonly failed: {
    readonly title: string
    /** One sentence for each reason. */
    readonly lines: { readonly [Reason in GridReason]: string }
  }
  readonly retry: string
  readonly signIn: string
  readonly more: string
  readonly loadingMore: string
  readonly moreFailed: string
  /** At the end of a list that had more than one page. */
  readonly end: (count: number) => string
  /** Spoken when there are more than before. */
  readonly arrived: (count: number) => string
  readonly selected: (count: number, total: number) => string
  readonly selectAll: string
  readonly clear: string
}
