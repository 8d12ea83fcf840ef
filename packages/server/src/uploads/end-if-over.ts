import { createFailure } from '@lightfast/core'
import type { JobResult } from '../jobs/job-handler.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { mayHaveLanded } from './settle-past.ts'
import { expire } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'

/**
 * Ends an upload that nobody goes on with, once every attempt that could have brought its bytes was settled with Cloudflare. A
 * parked upload is the business of the job that sends it on.
 */
export async function endIfOver(context: UploadsContext, imageId: string): Promise<JobResult> {
  const record = await context.store.records.find(imageId)
  if (!record || !isUnfinished(record)) return 'done'
  const attempts = await context.store.attempts.of(imageId)
  // Each of these has a job of its own that comes back here.
  if (attempts.some(mayHaveLanded)) return 'done'
  const againAt = Math.max(0, ...attempts.map((attempt) => toEnd(context, attempt)))
  if (context.now() < againAt) return { againAt }
  const ended = await expire(context, record, record.failure ?? nothingCame)
  // Another writer was first: it is looked at again.
  return isUnfinished(ended) ? { againAt: context.now() } : 'done'
}

const nothingCame = createFailure(
  'slot_expired',
  'The file did not arrive in time. It has to be tried again.',
)

function isUnfinished({ state }: ImageRecord): boolean {
  return state === 'requested' || state === 'pending' || state === 'delivered'
}

/** A browser that was told to bring its bytes to us has time for it, like one that was given a slot. */
function toEnd({ times }: UploadsContext, { outcome, createdAt }: Attempt): number {
  return outcome === 'open' ? createdAt + times.slotMs + times.graceMs : 0
}
