/** What the SDK keeps: records, attempts, jobs, audit, usages and leases, in one store that changes them together. */
import type { FailureCode, ImageState, Rung, Stage } from '@lightfast/core'
import type { JobStore, NewJob } from '../jobs/job-store.ts'
import type { Scope } from '../access/policy-engine.ts'
import type { Attempt, AttemptOutcome, ImageRecord } from './record.ts'

/**
 * Everything in one place, so that what belongs together is written together. It promises:
 * - What one method writes is written as a whole or not at all, and is there after the process was killed.
 * - Every method rejects with an `ImagesError` `store_unavailable` if the store cannot answer.
 */
export interface ImagesStore {
  readonly records: RecordStore
  readonly attempts: AttemptStore
  readonly jobs: JobStore
  readonly audit: AuditStore
  readonly usages: UsageStore
  readonly leases: LeaseStore
  readonly rights: RightsStore
}

/** What a move may change besides the state. */
export type RecordChanges = Partial<
  Pick<
    ImageRecord,
    | 'cloudflareId'
    | 'attemptId'
    | 'failure'
    | 'kept'
    | 'facts'
    | 'contentType'
    | 'sizeBytes'
    | 'width'
    | 'height'
    | 'filename'
    | 'privacy'
    | 'metadata'
    | 'thumbhash'
  >
>

/** What is written together with a record. */
export interface Beside {
  /** For the audit: a principal's id, or which part of the SDK it was. */
  readonly actor: string
  readonly jobs?: readonly NewJob[]
  readonly attempts?: readonly AttemptChange[]
  /** Refuses with `storage_full` if the kept bytes would then be more. Only asked where `kept` changes. */
  readonly room?: Room
  /** Refuses with `image_in_use` if anything of the app uses the image. */
  readonly unlessUsed?: boolean
}

/** How many bytes may be kept, in all and of one owner. */
export interface Room {
  readonly totalBytes: number
  readonly ownerBytes: number
}

/** A new attempt, or a change of one. A change happens only while the attempt is as it says. */
export type AttemptChange =
  | { readonly add: Attempt }
  | {
      readonly id: string
      readonly set: Partial<Omit<Attempt, 'id' | 'imageId' | 'rung' | 'createdAt'>>
      /** The outcomes that it may have. @default any */
      readonly while?: readonly AttemptOutcome[]
      /** When it was sent, as the caller saw it; null if it was not. @default any */
      readonly whileSentAt?: number | null
    }

/** How much one owner may have begun. */
export interface StartLimits {
  /** Records created since `since`. */
  readonly starts: number
  /** Ms since the epoch. */
  readonly since: number
  /** Records in `requested`, `pending`, `parked` or `delivered`. */
  readonly unfinished: number
}

/**
 * Keeps records. It promises:
 * - `create` makes one record for an owner and upload id, however many ask at once; the others get that one. A record
 *   over one of the owner's limits is refused with `upload_limit_reached`; a known one never is. However many ask at
 *   once, no more than the limit get through.
 * - `move` changes a record only if it is still in the state and version that the caller saw; else it writes nothing,
 *   nothing beside it either, and answers undefined. It does the same if an attempt beside it is not as its change says.
 *   Illegal moves are refused with a TypeError. Each move is a line of the audit.
 * - `list` answers newest first, each record once, however many are added between two pages.
 */
export interface RecordStore {
  readonly create: (
    record: ImageRecord,
    beside: Beside,
    limits?: StartLimits,
  ) => Promise<{ readonly record: ImageRecord; readonly created: 'new' | 'known' }>
  readonly find: (id: string) => Promise<ImageRecord | undefined>
  readonly findMany: (ids: readonly string[]) => Promise<readonly ImageRecord[]>
  readonly move: (
    seen: ImageRecord,
    state: ImageState,
    change: RecordChanges & { readonly beside: Beside },
  ) => Promise<ImageRecord | undefined>
  readonly list: (query: ListQuery) => Promise<readonly ImageRecord[]>
  /** For operators: how many records are in each state, by where and why they stalled. */
  readonly count: () => Promise<readonly StateCount[]>
}

export interface ListQuery {
  /** Of whom. Left out: of everybody, for operators and sweeps. */
  readonly ownerId?: string
  /** Which records whoever asks may see. Left out: all. */
  readonly scope?: Scope
  readonly states?: readonly ImageState[]
  readonly kinds?: readonly string[]
  readonly privacy?: 'private' | 'public'
  /** Only records made in this time: from `createdFrom` on, and before `createdBefore`, in ms since the epoch. */
  readonly createdFrom?: number
  readonly createdBefore?: number
  /** Only records that nothing has used since before then, in ms since the epoch. */
  readonly unusedBefore?: number
  /** Only records last changed before then, in ms since the epoch. */
  readonly updatedBefore?: number
  /** The last record of the page before. */
  readonly after?: Pick<ImageRecord, 'id' | 'createdAt'>
  readonly limit: number
}

export interface StateCount {
  readonly state: ImageState
  readonly stage: Stage | null
  readonly code: FailureCode | null
  readonly rung: Rung | null
  readonly count: number
  /** When the oldest of them last changed, in ms since the epoch. */
  readonly oldestAt: number
}

/**
 * Keeps attempts. It promises:
 * - `change` writes all the changes and jobs or none, and answers whether it did: `unchanged` if an attempt was not as its
 *   change says.
 * - `of` answers newest first; of equals the one added later comes first.
 */
export interface AttemptStore {
  readonly change: (
    changes: readonly AttemptChange[],
    jobs?: readonly NewJob[],
  ) => Promise<'changed' | 'unchanged'>
  readonly find: (id: string) => Promise<Attempt | undefined>
  /** Those that there are, in any order. */
  readonly findMany: (ids: readonly string[]) => Promise<readonly Attempt[]>
  readonly findByCloudflareId: (cloudflareId: string) => Promise<Attempt | undefined>
  readonly of: (imageId: string) => Promise<readonly Attempt[]>
}

/** A line of the audit. It outlives the record. */
export interface AuditEntry {
  readonly imageId: string
  /** The record's version after it; 0 when it was created. */
  readonly version: number
  /** Ms since the epoch. */
  readonly at: number
  readonly actor: string
  readonly from: ImageState | null
  readonly to: ImageState
  readonly attemptId: string | null
  readonly code: FailureCode | null
}

/** Reads what became of records, oldest first. Nothing is ever changed in it or taken from it. */
export interface AuditStore {
  readonly of: (imageId: string) => Promise<readonly AuditEntry[]>
}

/** One thing of the app that uses an image, such as the article 42 as its cover. */
export interface Usage {
  readonly imageId: string
  /** Such as `article`. */
  readonly type: string
  readonly thingId: string
  /** Such as `cover`. */
  readonly field: string
  /** Ms since the epoch. */
  readonly since: number
}

/**
 * Keeps which things use which image. It promises:
 * - `add` is refused with `not_found` for an image that is not there or deleted, and a second one changes nothing.
 * - While there is one, `move(…, { unlessUsed: true })` is refused, however close in time the two are.
 */
export interface UsageStore {
  readonly add: (usage: Usage) => Promise<void>
  readonly remove: (usage: Omit<Usage, 'since'>) => Promise<void>
  readonly of: (imageId: string) => Promise<readonly Usage[]>
}

/**
 * Gives a thing to one owner at a time. It promises:
 * - `take` answers undefined if it is mine now (again, or longer), else how long the other one still has it, in ms.
 * - One that is not given back is free when its time is over.
 */
export interface LeaseStore {
  readonly take: (key: string, owner: string, ms: number) => Promise<number | undefined>
  readonly giveBack: (key: string, owner: string) => Promise<void>
}

/**
 * Takes rights back that were given out as tokens. It promises:
 * - `epochs` answers, for each subject in its order, how often its rights were taken back; 0 at first.
 * - `raise` takes back what was given out for a subject so far, and answers its new epoch.
 * - `consume` answers `first` to one caller for an id, however many ask at once, and `again` to all others, at least until then.
 */
export interface RightsStore {
  /** Subjects are `image:<id>`, `viewer:<id>`. */
  readonly epochs: (subjects: readonly string[]) => Promise<readonly number[]>
  readonly raise: (subject: string) => Promise<number>
  readonly consume: (id: string, until: number) => Promise<'first' | 'again'>
}
