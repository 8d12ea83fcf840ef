import { ImagesError } from '@lightfast/core'
import type { UploadsOperator } from '../uploads/create-uploads.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { PlannedRemoval } from './plan-cleanup.ts'

/** What became of a plan. Together they are as many as were planned. */
export interface CleanedUp {
  readonly removed: number
  /** Those that somebody uses or has changed since the plan was made. */
  readonly left: number
}

/**
 * Carries out a plan, and nothing else. Each record is looked at again first, and written only if it is as it was
 * planned. What is at Cloudflare is deleted by jobs.
 */
export async function carryOutCleanup(
  operator: Pick<UploadsOperator, 'remove' | 'store'>,
  plan: readonly PlannedRemoval[],
  onProgress: (done: number) => void = () => undefined,
): Promise<CleanedUp> {
  const counts = { removed: 0, left: 0 }
  for (const [at, planned] of plan.entries()) {
    counts[await carryOut(operator, planned)] += 1
    onProgress(at + 1)
  }
  return counts
}

async function carryOut(
  operator: Pick<UploadsOperator, 'remove' | 'store'>,
  planned: PlannedRemoval,
): Promise<keyof CleanedUp> {
  const record = await operator.store.records.find(planned.id)
  if (!record || !isAsPlanned(record, planned)) return 'left'
  try {
    return (await operator.remove(record)) === 'removed' ? 'removed' : 'left'
  } catch (error) {
    if (error instanceof ImagesError && error.code === 'image_in_use') return 'left'
    throw error
  }
}

/** That something uses an image is no new version of its record. */
function isAsPlanned(record: ImageRecord, { version, unusedSince }: PlannedRemoval): boolean {
  return (
    record.state !== 'deleted' && record.version === version && record.unusedSince === unusedSince
  )
}
