import { failureSchema } from '@lightfast/core'
import type { Failure } from '@lightfast/core'
import type { Selectable, Updateable } from 'kysely'
import * as v from 'valibot'
import type { ImageRecord, KeptBytes } from '../../uploads/record.ts'
import type { RecordChanges } from '../../uploads/store.ts'
import type { ImagesTable } from './tables.ts'

/** Named one by one, so that a column of a later version changes no answer of this one. */
export const imageColumns = [
  'id',
  'upload_id',
  'owner_id',
  'tenant_id',
  'state',
  'version',
  'kind',
  'privacy',
  'cloudflare_id',
  'attempt_id',
  'filename',
  'facts',
  'content_type',
  'size_bytes',
  'width',
  'height',
  'metadata',
  'failure',
  'kept_size_bytes',
  'kept_until',
  'unused_since',
  'thumbhash',
  'created_at',
  'updated_at',
] as const

type ImageRow = Pick<Selectable<ImagesTable>, (typeof imageColumns)[number]>

const metadataSchema = v.record(v.string(), v.string())

/** Reads a record from its row. */
export function toRecord(row: ImageRow): ImageRecord {
  return {
    id: row.id,
    uploadId: row.upload_id,
    ownerId: row.owner_id,
    tenantId: row.tenant_id,
    state: row.state,
    version: row.version,
    kind: row.kind,
    privacy: row.privacy,
    cloudflareId: row.cloudflare_id,
    attemptId: row.attempt_id,
    filename: row.filename,
    facts: row.facts,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    metadata: parseMetadata(row.metadata),
    failure: parseFailure(row.failure),
    kept: toKept(row),
    unusedSince: row.unused_since,
    thumbhash: row.thumbhash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function parseMetadata(json: string): ImageRecord['metadata'] {
  return json === '{}' ? {} : v.parse(metadataSchema, JSON.parse(json))
}

function parseFailure(json: string | null): Failure | null {
  return json === null ? null : v.parse(failureSchema, JSON.parse(json))
}

function toKept({ kept_size_bytes: sizeBytes, kept_until: until }: ImageRow): KeptBytes | null {
  return sizeBytes === null || until === null ? null : { sizeBytes, until }
}

/** Writes a record as a row. */
export function toImageRow(record: ImageRecord): ImagesTable {
  return {
    id: record.id,
    upload_id: record.uploadId,
    owner_id: record.ownerId,
    tenant_id: record.tenantId,
    state: record.state,
    version: record.version,
    kind: record.kind,
    privacy: record.privacy,
    cloudflare_id: record.cloudflareId,
    attempt_id: record.attemptId,
    filename: record.filename,
    facts: record.facts,
    content_type: record.contentType,
    size_bytes: record.sizeBytes,
    width: record.width,
    height: record.height,
    metadata: JSON.stringify(record.metadata),
    failure: record.failure && JSON.stringify(record.failure),
    failure_stage: record.failure?.stage ?? null,
    failure_code: record.failure?.code ?? null,
    kept_size_bytes: record.kept?.sizeBytes ?? null,
    kept_until: record.kept?.until ?? null,
    unused_since: record.unusedSince,
    thumbhash: record.thumbhash,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  }
}

/** Writes what a move changes, and nothing else: SQLite writes every index anew that has a column which is set. */
export function toMovedColumns(
  after: ImageRecord,
  changes: RecordChanges,
): Updateable<ImagesTable> {
  const row = toImageRow(after)
  const { state, version, updated_at, failure, failure_stage, failure_code } = row
  const { kept_size_bytes, kept_until } = row
  return {
    state,
    version,
    updated_at,
    ...('cloudflareId' in changes && { cloudflare_id: row.cloudflare_id }),
    ...('attemptId' in changes && { attempt_id: row.attempt_id }),
    ...('failure' in changes && { failure, failure_stage, failure_code }),
    ...('kept' in changes && { kept_size_bytes, kept_until }),
    ...('facts' in changes && { facts: row.facts }),
    ...('contentType' in changes && { content_type: row.content_type }),
    ...('sizeBytes' in changes && { size_bytes: row.size_bytes }),
    ...('width' in changes && { width: row.width }),
    ...('height' in changes && { height: row.height }),
    ...('filename' in changes && { filename: row.filename }),
    ...('privacy' in changes && { privacy: row.privacy }),
    ...('metadata' in changes && { metadata: row.metadata }),
    ...('thumbhash' in changes && { thumbhash: row.thumbhash }),
  }
}
