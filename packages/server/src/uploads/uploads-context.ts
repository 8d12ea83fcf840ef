import type { ImageState, Rung } from '@lightfast/core'
import type { PolicyEngine } from '../access/policy-engine.ts'
import type { ByteStore } from '../bytes/byte-store.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import type { SigningKeys } from '../delivery/key-ring.ts'
import type { EventBus } from '../events.ts'
import type { Gateway } from '../gateway/create-gateway.ts'
import type { NewJob } from '../jobs/job-store.ts'
import type { Surroundings } from '../surroundings.ts'
import type { LookLimit } from './look-limit.ts'
import type { ImageRecord } from './record.ts'
import type { Beside, ImagesStore, RecordChanges } from './store.ts'
import type { Likeness } from './thumbhash-job.ts'
import type { UploadKind } from './upload-kind.ts'
import type { UploadsEvent } from './upload-events.ts'
import type { UploadLimits, UploadTimes } from './uploads-config.ts'

/** What every step of an upload works with. */
export interface UploadsContext {
  readonly client: ImagesClient
  readonly store: ImagesStore
  /** Absent where no rung needs it. */
  readonly bytes: ByteStore | undefined
  /** The ways that there are at this moment. */
  readonly readRungs: () => readonly Rung[]
  readonly kinds: Readonly<Record<string, UploadKind>>
  readonly times: UploadTimes
  readonly limits: UploadLimits
  readonly delivery: DeliveryContext
  /** Decides who may do what to an image. An upload that is under way is its owner's alone. */
  readonly policy: PolicyEngine
  /** Draws pictures with a mark; undefined if nothing here can. */
  readonly gateway: Gateway | undefined
  /** Absent where none are made. */
  readonly likeness: Likeness | undefined
  readonly now: () => number
  readonly randomId: () => string
  readonly schedule: Surroundings['schedule']
  readonly bus: EventBus<UploadsEvent>
  /** Whether Cloudflare may be asked once more for this principal, who waits. */
  readonly mayLook: LookLimit['mayLook']
  /** The same for jobs: they wait. */
  readonly mayConfirm: LookLimit['mayLook']
  /** Reads a file whole, a few at a time, so that a rush does not fill the memory. */
  readonly inTurn: <Result>(read: () => Promise<Result>) => Promise<Result>
  /** Sends a file to Cloudflare, a few at a time: more of them would share one line, and take longer each. */
  readonly sendInTurn: <Result>(send: () => Promise<Result>) => Promise<Result>
  /** Told of jobs that were written, so that nobody has to wait for the next look. */
  readonly onJobs: (jobs: readonly NewJob[]) => void
}

export interface DeliveryContext {
  readonly accountHash: string
  readonly signingKey: SigningKeys
  /** The named variants that may be asked for. */
  readonly variants: readonly string[]
  readonly origin: string
  readonly urlMs: number
}

export type Move = RecordChanges & { readonly beside: Beside }

/** Moves a record, tells of it, and wakes who does the jobs. Undefined if another writer was first. */
export async function move(
  { store, bus, onJobs }: UploadsContext,
  seen: ImageRecord,
  [state, change]: readonly [state: ImageState, change: Move],
): Promise<ImageRecord | undefined> {
  const moved = await store.records.move(seen, state, change)
  if (!moved) return undefined
  const { attemptId, kind, failure } = moved
  if (change.beside.jobs) onJobs(change.beside.jobs)
  if (seen.state === state) return moved
  const rung = bus.hears('image-moved') ? await findRung(store, attemptId) : null
  bus.emit('image-moved', () => ({
    type: 'image-moved',
    kind,
    from: seen.state,
    to: state,
    rung,
    code: failure?.code ?? null,
  }))
  return moved
}

/** Reads a record again. Another writer was first; what it wrote is as true. */
export async function latest({ store }: UploadsContext, record: ImageRecord): Promise<ImageRecord> {
  return (await store.records.find(record.id)) ?? record
}

async function findRung(store: ImagesStore, attemptId: string | null): Promise<Rung | null> {
  if (attemptId === null) return null
  return (await store.attempts.find(attemptId))?.rung ?? null
}
