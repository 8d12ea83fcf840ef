import type { Failure, ImagesError } from '@lightfast/core'
import type { NewJob } from '../jobs/job-store.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { canMove, isSettled } from './record.ts'
import { listThumbhashJobs } from './thumbhash-job.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** An attempt whose bytes are at Cloudflare, or are said to be. */
export interface Arrived {
  readonly attemptId: string
  readonly cloudflareId: string
}

/** How soon Cloudflare is asked again for its word if whoever waited for it went away. */
const CONFIRM_MS = 3000

/**
 * Notes that the bytes are said to have arrived by one attempt. This guarded write picks the winner, unless Cloudflare's word for another one is
 * there already.
 */
export async function markDelivered(
  context: UploadsContext,
  record: ImageRecord,
  { attemptId, cloudflareId }: Arrived,
): Promise<ImageRecord> {
  if (!canMove(record.state, 'delivered') || record.attemptId === attemptId) return record
  const jobs = [{ kind: 'confirm', subject: record.id, runAt: context.now() + CONFIRM_MS }] as const
  const change = { cloudflareId, attemptId, failure: null, beside: { actor: 'upload', jobs } }
  return (await move(context, record, ['delivered', change])) ?? latest(context, record)
}

/** Notes Cloudflare's word that the bytes of an attempt are there. Of an expired record they came late. A settled record stays as it is. */
export async function markReady(
  context: UploadsContext,
  record: ImageRecord,
  arrived: Arrived,
): Promise<ImageRecord> {
  if (isSettled(record)) return record
  const current =
    record.state === 'expired' ? record : await markDelivered(context, record, arrived)
  const isNext = current.state === 'expired' || current.attemptId === arrived.attemptId
  if (!canMove(current.state, 'ready') || isSettled(current) || !isNext) {
    return isSettled(current) ? current : markReady(context, current, arrived)
  }
  const { attemptId, cloudflareId } = arrived
  const won = { id: attemptId, set: { outcome: 'won', cloudflareId, failureCode: null } } as const
  const jobs = [...dropBytes(context, record), ...listThumbhashJobs(context, record)]
  const beside = { actor: 'cloudflare', attempts: [won], jobs }
  const change = { attemptId, cloudflareId, failure: null, beside }
  const moved = await move(context, current, ['ready', change])
  return moved ?? markReady(context, await latest(context, current), arrived)
}

/** Notes that Cloudflare, or evidence it does not contradict, or our own look at the bytes, says that this file will not do. */
export async function reject(
  context: UploadsContext,
  record: ImageRecord,
  { error, attempt }: { readonly error: ImagesError; readonly attempt?: Attempt },
): Promise<ImageRecord> {
  if (!canMove(record.state, 'rejected') || isSettled(record)) return record
  const [refusalCode = null] = error.cloudflareCodes
  const failed = attempt && {
    id: attempt.id,
    set: { outcome: 'failed', failureCode: error.code, refusalCode } as const,
  }
  const beside = {
    actor: 'evidence',
    ...(failed && { attempts: [failed] }),
    jobs: dropBytes(context, record),
  }
  const failure: Failure = { ...error.failure, stage: attempt ? 'processing' : 'check' }
  const moved = await move(context, record, ['rejected', { failure, beside }])
  return (
    moved ?? reject(context, await latest(context, record), { error, ...(attempt && { attempt }) })
  )
}

/** Ends an upload that came to nothing. It can be tried again: same record, new attempt. */
export async function expire(
  context: UploadsContext,
  record: ImageRecord,
  failure: Failure,
): Promise<ImageRecord> {
  if (!canMove(record.state, 'expired') || record.state === 'expired') return record
  const beside = { actor: 'sweep', jobs: dropBytes(context, record) }
  const moved = await move(context, record, ['expired', { failure, beside }])
  return moved ?? latest(context, record)
}

/** Ends a parked upload that cannot be sent on, whoever else writes to it meanwhile: no job would come back to it. */
export async function expireParked(
  context: UploadsContext,
  record: ImageRecord,
  failure: Failure,
): Promise<ImageRecord> {
  const settled = await expire(context, record, failure)
  return settled.state === 'parked' ? expireParked(context, settled, failure) : settled
}

/** Notes why a try failed, without moving. The same again, as in an outage every few seconds, is no news. */
export async function noteFailure(
  context: UploadsContext,
  record: ImageRecord,
  failure: Failure,
): Promise<ImageRecord> {
  if (isSettled(record) || !canMove(record.state, record.state)) return record
  const { failure: known } = record
  if (known?.code === failure.code && known.stage === failure.stage) return record
  const change = { failure, beside: { actor: 'upload' } }
  return (await move(context, record, [record.state, change])) ?? latest(context, record)
}

/** Bytes that are kept are looked at again when their record has changed: the job knows whether they are still needed. */
function dropBytes({ now }: UploadsContext, { id, kept }: ImageRecord): readonly NewJob[] {
  return kept ? [{ kind: 'drop-bytes', subject: id, runAt: now() }] : []
}
