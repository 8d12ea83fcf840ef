import type { Attempt, ImageRecord } from './record.ts'
import { markReady, reject } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'
import { AT_ONCE, readVerdict } from './verdict.ts'
import type { CallOptions } from '../client/api.ts'
import type { Verdict } from './verdict.ts'

/**
 * Asks Cloudflare whether the bytes of a record have arrived, and moves it on what Cloudflare says.
 * A check that fails is not a failure of the upload: the record stays as it is.
 */
export async function confirmRecord(
  context: UploadsContext,
  record: ImageRecord,
): Promise<ImageRecord> {
  if (record.state !== 'delivered' || record.attemptId === null) return record
  if (!context.mayLook(record.ownerId)) return record
  const attempt = await context.store.attempts.find(record.attemptId)
  if (!attempt) return record
  const settled = await settleAttempt(context, attempt, { record })
  if (settled.verdict.status === 'missing') await closeSoon(context, attempt)
  return settled.record
}

/** Nothing can come any more, so the upload is to end, also if the job that ends it was given up. */
export async function closeSoon(
  { store, now, onJobs }: UploadsContext,
  { id }: Attempt,
): Promise<void> {
  const jobs = [{ kind: 'close', subject: id, runAt: now() }] as const
  await store.jobs.enqueue(jobs)
  onJobs(jobs)
}

export interface SettleAttempt {
  readonly record: ImageRecord
  /** How long Cloudflare is waited for. @default a person waits: one call, at once */
  readonly options?: CallOptions
}

/** Hears Cloudflare's word on one attempt, and moves its record if that settles it. */
export async function settleAttempt(
  context: UploadsContext,
  attempt: Attempt,
  { record, options = AT_ONCE }: SettleAttempt,
): Promise<{ readonly record: ImageRecord; readonly verdict: Verdict }> {
  const verdict = await readVerdict(context, attempt, options)
  if (verdict.status === 'landed') {
    const arrived = { attemptId: attempt.id, cloudflareId: verdict.cloudflareId }
    return { verdict, record: await markReady(context, record, arrived) }
  }
  if (verdict.status === 'refused') {
    const { error } = verdict
    return { verdict, record: await reject(context, record, { error, attempt }) }
  }
  return { verdict, record }
}
