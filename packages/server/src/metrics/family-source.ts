import type { Family } from './exposition.ts'

/** A part of what is written, which counts from the time it was made. */
export interface FamilySource {
  readonly toFamilies: () => Promise<readonly Family[]>
  /** Stops counting. What was counted can still be read. */
  readonly close: () => void
}
