/** What one person met with one file, as their device saw it. */
import type { FailureCode } from '@lightfast/core'
import type { UploadState } from './engine-of-browser.ts'
import type { UploadPlan } from './plan.ts'

export type Outcome =
  | { readonly ended: 'done' }
  | { readonly ended: 'rejected'; readonly code: FailureCode }
  /** `heard`: our server said so. `unheard`: the message did not get through. `unsaid`: there was no record to speak of yet. */
  | { readonly ended: 'cancelled'; readonly told: 'heard' | 'unheard' | 'unsaid' }
  /** The person never came back. */
  | { readonly ended: 'gone' }
  /** The person waited, and tried, and it did not come to an end. */
  | { readonly ended: 'stuck'; readonly status: string }

export interface Story {
  readonly plan: UploadPlan
  readonly sha256: string
  readonly ownerId: string
  readonly uploadIds: readonly string[]
  readonly outcome: Outcome
  /** What the device showed last. */
  readonly lastSeen: UploadState['status'] | undefined
  /** How often the person tried again by hand. */
  readonly retries: number
  readonly lines: readonly StoryLine[]
}

export interface StoryLine {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly what: string
}
