import type { Selectable, Updateable } from 'kysely'
import type { Attempt, Slot } from '../../uploads/record.ts'
import type { AttemptsTable } from './tables.ts'

/** Named one by one, so that a column of a later version changes no answer of this one. */
export const attemptColumns = [
  'id',
  'image_id',
  'rung',
  'outcome',
  'failure_code',
  'slot_cloudflare_id',
  'upload_url',
  'expires_at',
  'cloudflare_id',
  'refusal_code',
  'sent_at',
  'created_at',
] as const

type AttemptRow = Pick<Selectable<AttemptsTable>, (typeof attemptColumns)[number]>

/** Reads an attempt from its row. */
export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id,
    imageId: row.image_id,
    rung: row.rung,
    outcome: row.outcome,
    failureCode: row.failure_code,
    slot: toSlot(row),
    cloudflareId: row.cloudflare_id,
    refusalCode: row.refusal_code,
    sentAt: row.sent_at,
    createdAt: row.created_at,
  }
}

function toSlot(row: AttemptRow): Slot | null {
  const { slot_cloudflare_id: cloudflareId, upload_url: url, expires_at: expiresAt } = row
  if (cloudflareId === null || url === null || expiresAt === null) return null
  return { cloudflareId, url, expiresAt }
}

/** Writes an attempt as a row, but for its place among the others. */
export function toAttemptRow(attempt: Attempt): Omit<AttemptsTable, 'seq'> {
  return {
    id: attempt.id,
    image_id: attempt.imageId,
    rung: attempt.rung,
    outcome: attempt.outcome,
    failure_code: attempt.failureCode,
    ...toSlotColumns(attempt.slot),
    cloudflare_id: attempt.cloudflareId,
    refusal_code: attempt.refusalCode,
    sent_at: attempt.sentAt,
    created_at: attempt.createdAt,
  }
}

/** Writes only what is set. */
export function toSetColumns(
  set: Partial<Omit<Attempt, 'id' | 'imageId' | 'rung' | 'createdAt'>>,
): Updateable<AttemptsTable> {
  const { outcome, failureCode, slot, cloudflareId, refusalCode, sentAt } = set
  return {
    ...(outcome !== undefined && { outcome }),
    ...(failureCode !== undefined && { failure_code: failureCode }),
    ...(slot !== undefined && toSlotColumns(slot)),
    ...(cloudflareId !== undefined && { cloudflare_id: cloudflareId }),
    ...(refusalCode !== undefined && { refusal_code: refusalCode }),
    ...(sentAt !== undefined && { sent_at: sentAt }),
  }
}

function toSlotColumns(slot: Slot | null) {
  return {
    slot_cloudflare_id: slot?.cloudflareId ?? null,
    upload_url: slot?.url ?? null,
    expires_at: slot?.expiresAt ?? null,
  }
}
