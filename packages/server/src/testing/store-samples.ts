/** Records, attempts and jobs to write into a store, each with an id of its own. */
import type { NewJob } from '../jobs/job-store.ts'
import type { Attempt, ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'

/** Makes an empty store that goes by this clock, in whole milliseconds. */
export type OpenImagesStore = (now: () => number) => Promise<ImagesStore>

export const NOON = 1_795_000_000_000

/** Opens a store with a clock that a test moves by hand. */
export async function openWithClock(openStore: OpenImagesStore) {
  const clock = { now: NOON }
  return { clock, store: await openStore(() => clock.now) }
}

export function sampleRecord(changes: Partial<ImageRecord> = {}): ImageRecord {
  return {
    id: crypto.randomUUID(),
    uploadId: crypto.randomUUID(),
    ownerId: 'ada',
    tenantId: 'lovelace',
    state: 'requested',
    version: 0,
    kind: 'photo',
    privacy: 'private',
    cloudflareId: null,
    attemptId: null,
    filename: 'Ünï"code\'.jpg',
    facts: 'claimed',
    contentType: 'image/jpeg',
    sizeBytes: 1,
    width: 4,
    height: null,
    metadata: { album: 'Ünï"code\'' },
    failure: null,
    kept: null,
    unusedSince: NOON,
    thumbhash: null,
    createdAt: NOON,
    updatedAt: NOON,
    ...changes,
  }
}

export function sampleAttempt(imageId: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    id: crypto.randomUUID(),
    imageId,
    rung: 'direct',
    outcome: 'open',
    failureCode: null,
    slot: null,
    cloudflareId: null,
    refusalCode: null,
    sentAt: null,
    createdAt: NOON,
    ...changes,
  }
}

export function sampleJob(changes: Partial<NewJob> = {}): NewJob {
  return { kind: 'confirm', subject: crypto.randomUUID(), runAt: NOON, ...changes }
}

export const beside = { actor: 'ada' } as const

/** Does the same many times at once. */
export function atOnce<Result>(
  times: number,
  work: (at: number) => Promise<Result>,
): Promise<readonly Result[]> {
  return Promise.all(Array.from({ length: times }, (_, at) => work(at)))
}

/** Answers the code of the failure instead of throwing it. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.code
    throw error
  }
}
