import { ImagesError } from '@lightfast/core'
import { canMove, isSettled } from './record.ts'
import type { Attempt, ImageRecord, Slot } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

/** A person is waiting: one call, in this time, never repeated. */
const CONFIRM_MS = 2000

/** What Cloudflare says of one attempt. */
export type Verdict =
  | { readonly status: 'landed' | 'waiting' | 'missing' }
  | { readonly status: 'refused'; readonly error: ImagesError }
  | { readonly status: 'unknown'; readonly error: ImagesError }

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
  if (landed) return markLanded(context, record, landed)
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
    // "Draft" is the only sign: a draft already carries an upload date.
    return { status: image.draft ? 'waiting' : 'landed' }
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    if (error.code === 'file_refused_by_host') return { status: 'refused', error }
    return error.code === 'not_found' ? { status: 'missing' } : { status: 'unknown', error }
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
  const slots = attempts.flatMap(({ slot }) => slot ?? [])
  const verdicts = await Promise.all(
    slots.map(({ cloudflareId }) => readVerdict(context, cloudflareId)),
  )
  const landed = slots.find((_, at) => verdicts[at]?.status === 'landed')
  const unknown = verdicts.find((verdict) => verdict.status === 'unknown')
  if (!landed && unknown) throw unknown.error
  return landed
}

/** Notes that the bytes are said to have arrived by one attempt. This guarded write picks the winner. */
export async function markDelivered(
  { store }: UploadsContext,
  record: ImageRecord,
  { cloudflareId }: Slot,
): Promise<ImageRecord> {
  if (!canMove(record.state, 'delivered') || record.cloudflareId === cloudflareId) return record
  const moved = await store.move(record, 'delivered', { cloudflareId, failure: null })
  return moved ?? latest(store, record)
}

/** Notes that Cloudflare, or evidence it does not contradict, says that this file will not do. */
export async function reject(
  { store }: UploadsContext,
  record: ImageRecord,
  { failure }: ImagesError,
): Promise<ImageRecord> {
  if (!canMove(record.state, 'rejected')) return record
  const moved = await store.move(record, 'rejected', {
    failure: { ...failure, stage: 'processing' },
  })
  return moved ?? latest(store, record)
}

/** Bytes that are there win over those that were only said to be. Of an expired record they came late. */
async function markLanded(
  context: UploadsContext,
  record: ImageRecord,
  slot: Slot,
): Promise<ImageRecord> {
  if (isSettled(record)) return record
  if (record.state === 'expired') return markReady(context, record, slot)
  const delivered = await markDelivered(context, record, slot)
  return delivered.cloudflareId === slot.cloudflareId
    ? markReady(context, delivered)
    : markLanded(context, delivered, slot)
}

async function markReady(
  { store }: UploadsContext,
  record: ImageRecord,
  { cloudflareId }: Pick<ImageRecord, 'cloudflareId'> = record,
): Promise<ImageRecord> {
  if (!canMove(record.state, 'ready')) return record
  const moved = await store.move(record, 'ready', { cloudflareId, failure: null })
  return moved ?? latest(store, record)
}

/** Reads a record again. Another writer was first; what it wrote is as true. */
export async function latest(
  store: UploadsContext['store'],
  record: ImageRecord,
): Promise<ImageRecord> {
  return (await store.find(record.id)) ?? record
}
