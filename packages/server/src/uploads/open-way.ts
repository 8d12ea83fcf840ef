import { failures, ImagesError } from '@lightfast/core'
import type { FailureFacts, Rung, UploadWay } from '@lightfast/core'
import type { NewJob } from '../jobs/job-store.ts'
import type { Attempt, ImageRecord, Slot } from './record.ts'
import { noteFailure } from './settle-record.ts'
import { toCloudflareFields } from './to-cloudflare-fields.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface Opened {
  readonly record: ImageRecord
  /** Null when no bytes are wanted: somebody else has brought them meanwhile. */
  readonly way: UploadWay | null
}

/** Less than the 20 s that a browser waits for us, so that Cloudflare's silence is not taken for ours. */
const SLOT_DEADLINE_MS = 15_000

/** Makes an attempt. It is written, with the job that settles it after its time, before Cloudflare is called. */
export function makeAttempt(context: UploadsContext, imageId: string, rung: Rung): Attempt {
  return {
    id: context.randomId(),
    imageId,
    rung,
    outcome: 'open',
    failureCode: null,
    slot: null,
    cloudflareId: null,
    refusalCode: null,
    sentAt: null,
    createdAt: context.now(),
  }
}

/** When a slot can bring nothing any more, and its attempt is settled. */
export function toCloseJob({ now, times }: UploadsContext, attempt: Attempt): NewJob {
  const runAt = now() + times.slotMs + times.graceMs
  return { kind: 'close', subject: attempt.id, runAt }
}

const CLOSING_MS = 600_000

/** How long after we began to send it is sure that whatever was sent is in the lists. */
export function toClosingMs({ times }: Pick<UploadsContext, 'times'>): number {
  return Math.max(CLOSING_MS, 3 * times.listLagMs)
}

/** When an upload that nobody goes on with is over. */
export function toExpireJob({ now, times }: UploadsContext, { id }: ImageRecord): NewJob {
  const runAt = now() + times.slotMs + times.graceMs
  return { kind: 'expire', subject: id, runAt }
}

/** Opens a way for an attempt that was written. If there is no slot, the next rung is tried at once. */
export async function openWay(
  context: UploadsContext,
  record: ImageRecord,
  attempt: Attempt,
): Promise<Opened> {
  const { id: attemptId, rung } = attempt
  if (rung !== 'direct') return tell(context, { record, way: { rung, attemptId } })
  try {
    return tell(context, await openDirect(context, record, attempt))
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    return openInstead(context, record, { attempt, error })
  }
}

async function openDirect(
  context: UploadsContext,
  record: ImageRecord,
  attempt: Attempt,
): Promise<Opened> {
  const slot = await createSlot(context, record, attempt)
  return offer(context, record, { attemptId: attempt.id, slot })
}

/** Somebody else may write meanwhile. Our slot is as good as theirs: one guarded write picks the winner. */
async function offer(
  context: UploadsContext,
  record: ImageRecord,
  { attemptId, slot }: { readonly attemptId: string; readonly slot: Slot },
): Promise<Opened> {
  const filled = { id: attemptId, set: { slot, cloudflareId: slot.cloudflareId } }
  if (record.state !== 'requested' && record.state !== 'pending') {
    await context.store.attempts.change([filled])
    return { record: await latest(context, record), way: null }
  }
  const beside = { actor: 'upload', attempts: [filled] }
  const moved = await move(context, record, ['pending', { failure: null, beside }])
  if (moved) return { record: moved, way: toDirectWay(attemptId, slot) }
  return offer(context, await latest(context, record), { attemptId, slot })
}

async function createSlot(
  { client, now, times }: UploadsContext,
  record: ImageRecord,
  attempt: Attempt,
): Promise<Slot> {
  const expiresAt = now() + times.slotMs
  const fields = toCloudflareFields(record, attempt)
  const options = { deadlineMs: SLOT_DEADLINE_MS }
  const { id, uploadURL } = await client.directUploads.create({ ...fields, expiresAt }, options)
  return { cloudflareId: id, url: uploadURL, expiresAt }
}

/** Notes that there was no slot. While the API is down, only parking is left. */
async function openInstead(
  context: UploadsContext,
  record: ImageRecord,
  { attempt, error }: { readonly attempt: Attempt; readonly error: ImagesError },
): Promise<Opened> {
  const { retry }: FailureFacts = failures[error.code]
  const failed = { id: attempt.id, set: { outcome: 'failed', failureCode: error.code } } as const
  const canPark = context.readRungs().includes('park') && retry !== 'never'
  const parking = makeAttempt(context, record.id, 'park')
  await context.store.attempts.change(canPark ? [failed, { add: parking }] : [failed])
  if (canPark) return openWay(context, record, parking)
  await noteFailure(context, record, error.failure)
  throw error
}

/** Tells a browser where a slot is. */
export function toDirectWay(attemptId: string, { url, expiresAt }: Slot): UploadWay {
  return { rung: 'direct', attemptId, url, expiresAt }
}

function tell({ bus }: UploadsContext, opened: Opened): Opened {
  const { way } = opened
  if (way) bus.emit('way-opened', () => ({ type: 'way-opened', rung: way.rung }))
  return opened
}
