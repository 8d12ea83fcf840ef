import type { FailureCode } from '@lightfast/core'

/**
 * What work must happen later. `expire`: end an upload that nobody goes on with. `confirm`: hear Cloudflare's word on bytes that are said to have
 * arrived. `forward`: send bytes that we keep. `close`: settle an attempt after its time. `delete-remote`: delete an image at
 * Cloudflare. `drop-bytes`: give up bytes that nobody needs. `reconcile`: compare records and images. `thumbhash`: make the likeness
 * of an image.
 */
export const jobKinds = [
  'expire',
  'confirm',
  'forward',
  'close',
  'delete-remote',
  'drop-bytes',
  'reconcile',
  'thumbhash',
] as const

export type JobKind = (typeof jobKinds)[number]

/** Work to be done. There is one job of a kind for a subject: enqueueing it again makes it due at the earlier time. */
export interface NewJob {
  readonly kind: JobKind
  /** The id of what it is about: an image's, an attempt's or Cloudflare's. */
  readonly subject: string
  /** Ms since the epoch. */
  readonly runAt: number
  /** Who is at it already, so that nobody else begins before that time is over. */
  readonly lease?: JobLease
}

export interface JobLease {
  readonly owner: string
  /** Ms since the epoch. */
  readonly until: number
}

export interface Job {
  /** `kind:subject` */
  readonly key: string
  readonly kind: JobKind
  readonly subject: string
  /** `dead`: given up, until somebody replays it. */
  readonly state: 'queued' | 'dead'
  readonly runAt: number
  /** How many tries have been used up. */
  readonly tries: number
  /** The pause before this try, in ms: the next one grows from it. */
  readonly pauseMs: number
  readonly lease: JobLease | null
  /** Why the last try did not do it. */
  readonly code: FailureCode | null
  /** Goes up when it is enqueued again, so that what was asked for meanwhile is not lost. */
  readonly revision: number
  readonly createdAt: number
}

/** How a try ended. */
export type JobOutcome =
  | { readonly status: 'done' }
  /** Again at `runAt`. `tries` and `pauseMs` are what the job has from now on. */
  | {
      readonly status: 'again'
      readonly runAt: number
      readonly tries: number
      readonly pauseMs: number
      readonly code: FailureCode | null
    }
  | { readonly status: 'dead'; readonly code: FailureCode }

/**
 * Keeps jobs. It is the truth about what is to be done; a dispatcher only carries keys. It promises:
 * - `enqueue` keeps one job for a kind and subject: a second one makes it due at the earlier of the two times, and raises its
 *   revision. A dead one becomes queued again, with its tries at 0.
 * - `claim` leases due jobs to one owner, earliest first, and never the same job to two at once, in whatever process they are.
 *   A job whose lease is over can be claimed again.
 * - `renew` answers the keys that are still the owner's, now until then.
 * - `settle` writes an outcome only while the lease is the owner's; else it answers `lost`, as of a job that was done and enqueued anew. A job that was enqueued again since it was
 *   claimed is not done: it is queued with its new time.
 */
export interface JobStore {
  readonly enqueue: (jobs: readonly NewJob[]) => Promise<void>
  readonly claim: (claim: JobClaim) => Promise<readonly Job[]>
  readonly renew: (keys: readonly string[], lease: JobLease) => Promise<readonly string[]>
  readonly settle: (job: Job, owner: string, outcome: JobOutcome) => Promise<'settled' | 'lost'>
  readonly find: (key: string) => Promise<Job | undefined>
  /** By key, for operators. */
  readonly list: (query: JobQuery) => Promise<readonly Job[]>
  /** Makes a dead job due now, with its tries at 0. */
  readonly replay: (key: string) => Promise<'replayed' | 'missing'>
  readonly count: () => Promise<readonly JobCount[]>
  /** When the next queued job is due or its lease over, in ms since the epoch; undefined if there is none. */
  readonly nextAt: () => Promise<number | undefined>
}

export interface JobClaim {
  readonly lease: JobLease
  /** Only what is due by then, in ms since the epoch. */
  readonly now: number
  readonly limit: number
  /** Only these, if they are due. */
  readonly keys?: readonly string[]
  /** Only jobs of these kinds: what calls Cloudflare waits while Cloudflare is down, and the rest goes on. */
  readonly kinds?: readonly JobKind[]
}

export interface JobQuery {
  readonly state?: Job['state']
  readonly kind?: JobKind
  /** The last key of the page before. */
  readonly after?: string
  readonly limit: number
}

export interface JobCount {
  readonly kind: JobKind
  readonly state: Job['state']
  readonly count: number
  readonly oldestAt: number
}
