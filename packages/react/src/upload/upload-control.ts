import type { FilePolicy } from '@lightfast/core'
import type { UploadItem } from './upload-state.ts'

/**
 * All that the parts need to draw an upload area: what there is, and what a person can do. Made by
 * `useImageUpload`; a story or a test writes one by hand.
 */
export interface UploadControl {
  readonly items: readonly UploadItem[]
  readonly policy: FilePolicy
  /** How many files the list may hold. */
  readonly maxFiles: number
  /** Whether the queue is paused: what runs goes on, and nothing new starts. */
  readonly paused: boolean
  /** Adds files. Those beyond `maxFiles` are left out, and their number is returned. */
  readonly add: (files: Iterable<File>) => number
  /** Tries again with the bytes at hand: never opens a picker. */
  readonly retry: (id: string) => void
  /** Tries everything again that has failed and that a person may try again. */
  readonly retryAll: () => void
  /** Cancels what runs, drops the draft and removes the item. */
  readonly remove: (id: string) => void
  /** Takes an item off the list and leaves its image to the app: nothing is called off, and no later visit brings it back. */
  readonly release: (id: string) => void
  /** Puts another file in the place of one that will not do. */
  readonly replace: (id: string, file: File) => void
  /** Asks once more whether an upload that is still checked is ready. */
  readonly checkNow: (id: string) => void
  /** Lets nothing new start until `resume`. */
  readonly pause: () => void
  readonly resume: () => void
}
