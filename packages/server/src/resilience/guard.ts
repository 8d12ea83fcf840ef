import type { Call, Reply } from './layer.ts'

/** How an attempt ended. `failed` is set if it did, even if with undefined. */
export interface End {
  readonly reply?: Reply
  readonly failed?: { readonly error: unknown }
}

/** Is told how the attempt ended, exactly once. */
export type Leave = (call: Call, end: End) => void

/** What has to be asked before an attempt and told after it, and does nothing in between: so it needs no promise of its own. */
export interface Guard {
  /**
   * Lets an attempt in: at once, or after a while. It is not asked for a caller who has left.
   * @throws ImagesError if it does not; a promise rejects with it.
   */
  readonly enter: (call: Call) => Leave | Promise<Leave>
}
