import { createFailure, failures, ImagesError } from '@lightfast/core'
import type { CompleteUpload, Failure, ReportFailure } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { confirmRecord, settleAttempt } from './confirm.ts'
import { findOwned } from './find-owned.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { isSettled } from './record.ts'
import { markDelivered, noteFailure } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Hears from the browser that the bytes have arrived, and asks Cloudflare. Only its word makes an image ready. */
export async function completeUpload(
  context: UploadsContext,
  principal: Principal,
  { id, attemptId }: CompleteUpload & { readonly id: string },
): Promise<ImageRecord> {
  const record = await findOwned(context.store, principal, id)
  if (isSettled(record)) return record
  const attempt = await findDirect(context, record, attemptId)
  const confirmed = await confirmAttempt(context, record, attempt)
  if (confirmed.state === 'ready') await context.client.reportUploadHost(principal.id, 'success')
  return confirmed
}

async function confirmAttempt(
  context: UploadsContext,
  record: ImageRecord,
  attempt: DirectAttempt,
): Promise<ImageRecord> {
  if (record.state === 'pending' || record.state === 'requested') {
    const { id: attemptId, slot } = attempt
    const arrived = { attemptId, cloudflareId: slot.cloudflareId }
    const delivered = await markDelivered(context, record, arrived)
    return delivered.attemptId === attemptId ? look(context, attempt, delivered) : delivered
  }
  // It expired, is parked, or another attempt was said to have brought the bytes: now it takes more than a word.
  return look(context, attempt, record)
}

/** Asks Cloudflare once, if it may be asked. */
async function look(
  context: UploadsContext,
  attempt: Attempt,
  record: ImageRecord,
): Promise<ImageRecord> {
  if (isSettled(record) || !context.mayLook(record.ownerId)) return record
  return (await settleAttempt(context, attempt, { record })).record
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
  const attempt = await findDirect(context, record, report.attemptId)
  const hinted = { ...attempt, refusalCode: toRefusalCode(report) ?? attempt.refusalCode }
  const settled = context.mayLook(principal.id)
    ? await settleAttempt(context, hinted, { record })
    : { record }
  if (isSettled(settled.record)) return settled.record
  if (isOfUploadHost(report)) await context.client.reportUploadHost(principal.id, 'failure')
  const { refusalCode } = hinted
  const set = { outcome: 'failed', failureCode: toCode(report), refusalCode } as const
  await context.store.attempts.change([{ id: attempt.id, set, while: ['open'] }])
  return noteFailure(context, settled.record, toFailure(report))
}

/** Tells where an upload is, after one look at Cloudflare if that may have changed. */
export async function uploadStatus(
  context: UploadsContext,
  principal: Principal,
  id: string,
): Promise<ImageRecord> {
  return confirmRecord(context, await findOwned(context.store, principal, id))
}

function toRefusalCode({ code, cloudflareCode }: ReportFailure): number | null {
  return code === 'file_refused_by_host' ? cloudflareCode : null
}

/** Only browsers see the upload host fail; one of them may have a bad connection, so it is a vote. */
function isOfUploadHost({ code }: ReportFailure): boolean {
  return failures[code].stage === 'transfer' && failures[code].reason === 'image-host'
}

/** A refusal that is not believed is noted as what it is: a failure of the upload host. */
function toCode({ code }: ReportFailure): ReportFailure['code'] {
  return failures[code].stage === 'processing' ? 'upload_host_failed' : code
}

function toFailure(report: ReportFailure): Failure {
  const { cloudflareCode } = report
  const code = toCode(report)
  const said = cloudflareCode === null ? '' : ` The upload host said ${cloudflareCode}.`
  return createFailure(code, `The browser reports ${code}.${said}`, { stage: 'transfer' })
}

type DirectAttempt = Attempt & { readonly slot: NonNullable<Attempt['slot']> }

async function findDirect(
  { store }: UploadsContext,
  record: ImageRecord,
  attemptId: string,
): Promise<DirectAttempt> {
  const attempt = await store.attempts.find(attemptId)
  if (attempt?.imageId === record.id && attempt.slot) return { ...attempt, slot: attempt.slot }
  throw new ImagesError('invalid_request', 'This upload has no such attempt.', {
    field: 'attemptId',
  })
}
