import { ImagesError } from '@lightfast/core'
import type { CloudflareImage } from '../client/images.ts'
import type { Attempt, ImageRecord, Slot } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

/** A person is waiting: one call, in this time, never repeated. */
const CONFIRM_MS = 2000

/** What Cloudflare says of one attempt. */
export type Verdict =
  | { readonly status: 'landed' | 'waiting' | 'missing' | 'unknown' }
  | { readonly status: 'refused'; readonly error: ImagesError }

/**
 * Asks Cloudflare whether the bytes of a record have arrived, and moves it on what Cloudflare says.
 * A check that fails is not a failure of the upload: the record stays as it is.
 * @param landed A slot that is already known to have the bytes.
 */
export async function confirmRecord(
  context: UploadsContext,
  record: ImageRecord,
  landed?: Slot,
): Promise<ImageRecord> {
  if (landed) return markReady(context, await markDelivered(context, record, landed))
  if (record.state !== 'delivered' || !record.cloudflareId) return record
  const verdict = await readVerdict(context, record.cloudflareId)
  if (verdict.status === 'landed') return markReady(context, record)
  if (verdict.status === 'refused') return reject(context, record, verdict.error)
  return record
}

/** Reads what became of one slot. */
export async function readVerdict(context: UploadsContext, cloudflareId: string): Promise<Verdict> {
  try {
    const image = await context.client.images.get(cloudflareId, {
      deadlineMs: CONFIRM_MS,
      repeat: 'never',
    })
    return { status: isSettled(image) ? 'landed' : 'waiting' }
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    if (error.code === 'file_refused_by_host') return { status: 'refused', error }
    return { status: error.code === 'not_found' ? 'missing' : 'unknown' }
  }
}

/**
 * Finds the slot whose bytes have arrived, if any has.
 * @throws ImagesError if Cloudflare cannot tell: a new slot now could make two images of one file.
 */
export async function findLanded(
  context: UploadsContext,
  attempts: readonly Attempt[],
): Promise<Slot | undefined> {
  for (const { slot } of attempts) {
    if (slot === null) continue
    const verdict = await readVerdict(context, slot.cloudflareId)
    if (verdict.status === 'landed') return slot
    if (verdict.status === 'unknown') {
      throw new ImagesError(
        'host_unavailable',
        'Cloudflare cannot say what became of the last try.',
      )
    }
  }
  return undefined
}

/** Notes that the bytes are said to have arrived by one attempt. This guarded write picks the winner. */
export async function markDelivered(
  { store }: UploadsContext,
  record: ImageRecord,
  { cloudflareId }: Slot,
): Promise<ImageRecord> {
  if (record.state === 'delivered') return record
  const moved = await store.move(record, 'delivered', { cloudflareId, failure: null })
  return moved ?? latest(store, record)
}

/** Notes that Cloudflare, or evidence it does not contradict, says that this file will not do. */
export async function reject(
  { store }: UploadsContext,
  record: ImageRecord,
  { failure }: ImagesError,
): Promise<ImageRecord> {
  const moved = await store.move(record, 'rejected', {
    failure: { ...failure, stage: 'processing' },
  })
  return moved ?? latest(store, record)
}

async function markReady(context: UploadsContext, record: ImageRecord): Promise<ImageRecord> {
  if (record.state !== 'delivered') return record
  const moved = await context.store.move(record, 'ready', { failure: null })
  return moved ?? latest(context.store, record)
}

/** Another writer was first; what it wrote is as true. */
async function latest(store: UploadsContext['store'], record: ImageRecord): Promise<ImageRecord> {
  return (await store.find(record.id)) ?? record
}

/** "Draft" is the only sign: a draft already carries an upload date. */
function isSettled(image: CloudflareImage): boolean {
  return !image.draft
}
