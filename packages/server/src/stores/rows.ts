import { failureSchema } from '@lightfast/core'
import type { Failure } from '@lightfast/core'
import type { Selectable } from 'kysely'
import * as v from 'valibot'
import type { Attempt, ImageRecord, Slot } from '../uploads/record.ts'
import type { AttemptsTable, ImagesTable } from './schema.ts'

/** Reads a record from its row. */
export function toRecord(row: Selectable<ImagesTable>): ImageRecord {
  return {
    id: row.id,
    uploadId: row.upload_id,
    ownerId: row.owner_id,
    state: row.state,
    version: row.version,
    kind: row.kind,
    cloudflareId: row.cloudflare_id,
    filename: row.filename,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    failure: parseFailure(row.failure),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Writes a record as a row. */
export function toRow(record: ImageRecord): ImagesTable {
  return {
    id: record.id,
    upload_id: record.uploadId,
    owner_id: record.ownerId,
    state: record.state,
    version: record.version,
    kind: record.kind,
    cloudflare_id: record.cloudflareId,
    filename: record.filename,
    content_type: record.contentType,
    size_bytes: record.sizeBytes,
    width: record.width,
    height: record.height,
    failure: record.failure && JSON.stringify(record.failure),
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  }
}

/** Reads an attempt from its row. */
export function toAttempt(row: Selectable<AttemptsTable>): Attempt {
  return {
    id: row.id,
    imageId: row.image_id,
    rung: row.rung,
    outcome: row.outcome,
    failureCode: row.failure_code,
    slot: toSlot(row),
    createdAt: row.created_at,
  }
}

function toSlot(row: Selectable<AttemptsTable>): Slot | null {
  const { cloudflare_id: cloudflareId, upload_url: url, expires_at: expiresAt } = row
  if (cloudflareId === null || url === null || expiresAt === null) return null
  return { cloudflareId, url, expiresAt }
}

/** Writes an attempt as a row. */
export function toAttemptRow(attempt: Attempt): AttemptsTable {
  return {
    id: attempt.id,
    image_id: attempt.imageId,
    rung: attempt.rung,
    outcome: attempt.outcome,
    failure_code: attempt.failureCode,
    ...toSlotRow(attempt.slot),
    created_at: attempt.createdAt,
  }
}

/** Writes a slot into the columns of its attempt. */
export function toSlotRow(
  slot: Slot | null,
): Pick<AttemptsTable, 'cloudflare_id' | 'upload_url' | 'expires_at'> {
  return {
    cloudflare_id: slot?.cloudflareId ?? null,
    upload_url: slot?.url ?? null,
    expires_at: slot?.expiresAt ?? null,
  }
}

function parseFailure(json: string | null): Failure | null {
  return json === null ? null : v.parse(failureSchema, JSON.parse(json))
}
