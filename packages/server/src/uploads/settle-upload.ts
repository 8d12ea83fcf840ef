import { ImagesError } from '@lightfast/core'
import type { CompleteUpload, ReportFailure } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { isFileRefusal } from '../client/envelope.ts'
import { confirmRecord, markDelivered, readVerdict, reject } from './confirm.ts'
import { findOwned } from './find-owned.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { isSettled } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Hears from the browser that the bytes have arrived, and asks Cloudflare. Only its word makes an image ready. */
export async function completeUpload(
  context: UploadsContext,
  principal: Principal,
  { id, attemptId }: CompleteUpload & { readonly id: string },
): Promise<ImageRecord> {
  const record = await findOwned(context.store, principal, id)
  if (isSettled(record)) return record
  const attempt = await findAttempt(context, record, attemptId)
  return confirmRecord(context, await markDelivered(context, record, attempt.cloudflareId))
}

/**
 * Hears from the browser that an attempt failed. It is a hint: bytes that arrived although the reply was
 * lost are found here, and a file is rejected only if Cloudflare does not have it.
 */
export async function reportFailure(
  context: UploadsContext,
  principal: Principal,
  report: ReportFailure & { readonly id: string },
): Promise<ImageRecord> {
  const record = await findOwned(context.store, principal, report.id)
  if (isSettled(record) || record.state === 'delivered') return record
  const attempt = await findAttempt(context, record, report.attemptId)
  const verdict = await readVerdict(context, attempt.cloudflareId)
  if (verdict.status === 'landed') return confirmRecord(context, record, attempt)
  if (verdict.status === 'refused') return reject(context, record, verdict.error)
  if (verdict.status !== 'unknown' && isRefusal(report)) {
    return reject(context, record, toError(report))
  }
  await context.store.failAttempt(attempt.id)
  const failure = { ...toError(report).failure, stage: 'transfer' } as const
  return (await context.store.move(record, record.state, { failure })) ?? record
}

/** Tells where an upload is, after one look at Cloudflare if that may have changed. */
export async function uploadStatus(
  context: UploadsContext,
  principal: Principal,
  id: string,
): Promise<ImageRecord> {
  return confirmRecord(context, await findOwned(context.store, principal, id))
}

function isRefusal({ code, cloudflareCode }: ReportFailure): boolean {
  return code === 'file_refused_by_host' && cloudflareCode !== null && isFileRefusal(cloudflareCode)
}

function toError({ code, cloudflareCode }: ReportFailure): ImagesError {
  const said = cloudflareCode === null ? '' : ` The upload host said ${cloudflareCode}.`
  return new ImagesError(code, `The browser reports ${code}.${said}`)
}

async function findAttempt(
  { store }: UploadsContext,
  record: ImageRecord,
  attemptId: string,
): Promise<Attempt> {
  const attempts = await store.attempts(record.id)
  const attempt = attempts.find(({ id }) => id === attemptId)
  if (attempt) return attempt
  throw new ImagesError('invalid_request', 'This upload has no such attempt.', {
    field: 'attemptId',
  })
}
