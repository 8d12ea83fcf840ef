import { failures, ImagesError } from '@lightfast/core'
import type { CompleteUpload, ReportFailure } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { isFileRefusal } from '../client/envelope.ts'
import { confirmRecord, latest, markDelivered, readVerdict, reject } from './confirm.ts'
import { findOwned } from './find-owned.ts'
import type { ImageRecord, Slot } from './record.ts'
import { canMove, isSettled } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Hears from the browser that the bytes have arrived, and asks Cloudflare. Only its word makes an image ready. */
export async function completeUpload(
  context: UploadsContext,
  principal: Principal,
  { id, attemptId }: CompleteUpload & { readonly id: string },
): Promise<ImageRecord> {
  const record = await findOwned(context.store, principal, id)
  if (isSettled(record)) return record
  const slot = await findSlot(context, record, attemptId)
  const confirmed = await confirmSlot(context, record, slot)
  if (confirmed.state === 'ready') await context.client.reportUploadHost(principal.id, 'success')
  return confirmed
}

async function confirmSlot(
  context: UploadsContext,
  record: ImageRecord,
  slot: Slot,
): Promise<ImageRecord> {
  if (record.state === 'pending' || record.state === 'requested') {
    return confirmRecord(context, await markDelivered(context, record, slot))
  }
  if (record.cloudflareId === slot.cloudflareId) return confirmRecord(context, record)
  // It expired, or another slot was said to have the bytes: now it takes more than a word.
  const { status } = await readVerdict(context, slot.cloudflareId)
  return confirmRecord(context, record, status === 'landed' ? slot : undefined)
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
  const slot = await findSlot(context, record, report.attemptId)
  const verdict = await readVerdict(context, slot.cloudflareId)
  if (verdict.status === 'landed') return confirmRecord(context, record, slot)
  if (verdict.status === 'refused') return reject(context, record, verdict.error)
  if (verdict.status !== 'unknown' && isRefusal(report)) {
    return reject(context, record, toError(report))
  }
  if (isOfUploadHost(report)) await context.client.reportUploadHost(principal.id, 'failure')
  await context.store.failAttempt(report.attemptId, report.code)
  return noteFailure(context, record, report)
}

/** Tells where an upload is, after one look at Cloudflare if that may have changed. */
export async function uploadStatus(
  context: UploadsContext,
  principal: Principal,
  id: string,
): Promise<ImageRecord> {
  return confirmRecord(context, await findOwned(context.store, principal, id))
}

/** A refusal that is not believed is noted as what it is: a failure of the upload host. */
async function noteFailure(
  { store }: UploadsContext,
  record: ImageRecord,
  report: ReportFailure,
): Promise<ImageRecord> {
  if (!canMove(record.state, record.state)) return record
  const refused = failures[report.code].stage === 'processing'
  const { failure } = toError(refused ? { ...report, code: 'upload_host_failed' } : report)
  const noted = { ...failure, stage: 'transfer' } as const
  return (await store.move(record, record.state, { failure: noted })) ?? latest(store, record)
}

function isRefusal({ code, cloudflareCode }: ReportFailure): boolean {
  return code === 'file_refused_by_host' && cloudflareCode !== null && isFileRefusal(cloudflareCode)
}

/** Only browsers see the upload host fail; one of them may have a bad connection, so it is a vote. */
function isOfUploadHost({ code }: ReportFailure): boolean {
  return failures[code].stage === 'transfer' && failures[code].reason === 'image-host'
}

function toError({ code, cloudflareCode }: ReportFailure): ImagesError {
  const said = cloudflareCode === null ? '' : ` The upload host said ${cloudflareCode}.`
  return new ImagesError(code, `The browser reports ${code}.${said}`)
}

async function findSlot(
  { store }: UploadsContext,
  record: ImageRecord,
  attemptId: string,
): Promise<Slot> {
  const attempts = await store.attempts(record.id)
  const slot = attempts.find(({ id }) => id === attemptId)?.slot
  if (slot) return slot
  throw new ImagesError('invalid_request', 'This upload has no such attempt.', {
    field: 'attemptId',
  })
}
