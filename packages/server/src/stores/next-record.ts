/** What becomes of records and attempts, decided without an engine. */
import { ImagesError } from '@lightfast/core'
import type { ImageState } from '@lightfast/core'
import { canMove } from '../uploads/record.ts'
import { STARTS_MS } from '../uploads/starts-window.ts'
import type { Attempt, ImageRecord } from '../uploads/record.ts'
import type {
  AttemptChange,
  AuditEntry,
  Beside,
  RecordChanges,
  RecordStore,
  Room,
  StartLimits,
} from '../uploads/store.ts'

/** The states that count against the limit of uploads that nobody has finished. That bytes have arrived is only said. */
export const unfinishedStates: readonly ImageState[] = [
  'requested',
  'pending',
  'parked',
  'delivered',
]

/** A move, with what changes apart from what is written beside it. */
export interface Move {
  readonly state: ImageState
  readonly changes: RecordChanges
  readonly beside: Beside
}

/** Reads a move. An illegal one is a mistake of the program. */
export function toMove(
  seen: ImageRecord,
  state: ImageState,
  change: Parameters<RecordStore['move']>[2],
): Move {
  if (!canMove(seen.state, state)) {
    throw new TypeError(`A record cannot go from ${seen.state} to ${state}.`)
  }
  const { beside, ...changes } = change
  return { state, changes, beside }
}

/** Makes the record after a move. */
export function applyMove(before: ImageRecord, { state, changes }: Move, now: number): ImageRecord {
  return { ...before, ...changes, state, version: before.version + 1, updatedAt: now }
}

/** Makes the line of the audit that belongs to a record as it is now. */
export function toAuditEntry(
  from: ImageState | null,
  record: ImageRecord,
  actor: string,
): AuditEntry {
  return {
    imageId: record.id,
    version: record.version,
    at: record.updatedAt,
    actor,
    from,
    to: record.state,
    attemptId: record.attemptId,
    code: record.failure?.code ?? null,
  }
}

/** What an owner has begun already. */
export type Started = Pick<StartLimits, 'starts' | 'unfinished'>

/** Refuses a record that is over a limit of its owner. */
export function checkLimits(started: Started, limits: StartLimits): void {
  if (started.starts >= limits.starts) {
    throw new ImagesError(
      'upload_limit_reached',
      `The owner has begun ${started.starts} uploads of late, and ${limits.starts} are allowed. Try again later.`,
      { retryAfterMs: STARTS_MS },
    )
  }
  if (started.unfinished >= limits.unfinished) {
    throw new ImagesError(
      'upload_limit_reached',
      `The owner has ${started.unfinished} unfinished uploads, and ${limits.unfinished} are allowed. Finish one first.`,
    )
  }
}

/** Refuses bytes for which there is no room. `held` is what all other records hold. */
export function checkRoom(held: Room, sizeBytes: number, room: Room): void {
  if (held.totalBytes + sizeBytes > room.totalBytes) {
    throw new ImagesError(
      'storage_full',
      `No room: ${sizeBytes} bytes would make more than the ${room.totalBytes} that may be kept in all.`,
    )
  }
  if (held.ownerBytes + sizeBytes > room.ownerBytes) {
    throw new ImagesError(
      'storage_full',
      `No room: ${sizeBytes} bytes would make more than the ${room.ownerBytes} that may be kept of one owner.`,
    )
  }
}

/** Refuses to go on with an image that something of the app uses. */
export function refuseUsed(): never {
  throw new ImagesError(
    'image_in_use',
    'Something of the app uses the image. Take it away there first.',
  )
}

/** Refuses what is about an image that is not there. */
export function refuseMissing(): never {
  throw new ImagesError('not_found', 'There is no such image, or it was deleted.')
}

/** Refuses an id that something else has already. */
export function refuseTaken(what: 'a record' | 'an attempt'): never {
  throw new TypeError(`The id of ${what} was used twice. Make a new one for each.`)
}

/** Makes an attempt after a change; undefined if it may not change. */
export function applyChange(
  before: Attempt | undefined,
  change: Exclude<AttemptChange, { readonly add: Attempt }>,
): Attempt | undefined {
  if (!before) throw new TypeError('A change is about an attempt that is not there.')
  if (change.while && !change.while.includes(before.outcome)) return undefined
  const { whileSentAt = before.sentAt } = change
  if (whileSentAt !== before.sentAt) return undefined
  return { ...before, ...change.set }
}
