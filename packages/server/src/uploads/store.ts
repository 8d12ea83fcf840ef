import type { FailureCode } from '@lightfast/core'
import type { Attempt, ImageRecord, Slot } from './record.ts'

/** What a move may change besides the state. */
export type RecordChanges = Partial<Pick<ImageRecord, 'cloudflareId' | 'failure'>>

export interface ListQuery {
  readonly ownerId: string
  readonly state?: ImageRecord['state']
  /** The last record of the page before. */
  readonly after?: ImageRecord
  readonly limit: number
}

/**
 * Keeps records and attempts. It promises:
 * - `create` makes one record for an owner and upload id, however many ask at once; the others get that one.
 * - `move` changes a record only if it is still in the state and version that the caller saw; else it changes
 *   nothing and answers undefined. Illegal moves are refused with a TypeError.
 * - `list` answers the owner's records only, newest first, each once, however many are added between two pages.
 * - Every method rejects with an `ImagesError` `store_unavailable` if the store cannot answer.
 */
export interface UploadStore {
  readonly create: (
    record: ImageRecord,
  ) => Promise<{ readonly record: ImageRecord; readonly created: 'new' | 'known' }>
  readonly find: (id: string) => Promise<ImageRecord | undefined>
  readonly move: (
    seen: ImageRecord,
    state: ImageRecord['state'],
    changes?: RecordChanges,
  ) => Promise<ImageRecord | undefined>
  readonly list: (query: ListQuery) => Promise<readonly ImageRecord[]>
  readonly addAttempt: (attempt: Attempt) => Promise<void>
  readonly fillAttempt: (id: string, slot: Slot) => Promise<void>
  /** Notes why an attempt failed. Its slot, if it had one, is not handed out again. */
  readonly failAttempt: (id: string, code: FailureCode) => Promise<void>
  /** Newest first. */
  readonly attempts: (imageId: string) => Promise<readonly Attempt[]>
}
