import type { FailureCode, ImageState, ImageType, Rung, Stage } from '@lightfast/core'
import type { RawBuilder } from 'kysely'
import type { Job, JobKind } from '../../jobs/job-store.ts'
import type { AttemptOutcome } from '../../uploads/record.ts'

/** The engine's type for texts that sort by their bytes, so that pages come in the same order everywhere. */
export type TextType = 'text' | RawBuilder<unknown>

/** The tables, in types that every SQL engine has: texts, integers and JSON as text. */
export interface Database {
  readonly images: ImagesTable
  readonly attempts: AttemptsTable
  readonly jobs: JobsTable
  readonly audit: AuditTable
  readonly usages: UsagesTable
  readonly leases: LeasesTable
  readonly epochs: EpochsTable
  readonly consumed: ConsumedTable
}

export interface ImagesTable {
  id: string
  upload_id: string
  owner_id: string
  tenant_id: string | null
  state: ImageState
  version: number
  kind: string
  privacy: 'private' | 'public'
  cloudflare_id: string | null
  attempt_id: string | null
  filename: string
  facts: 'claimed' | 'verified'
  content_type: ImageType
  size_bytes: number
  width: number | null
  height: number | null
  metadata: string
  failure: string | null
  /** Two parts of the failure, so that stalled records can be counted by them. */
  failure_stage: Stage | null
  failure_code: FailureCode | null
  kept_size_bytes: number | null
  kept_until: number | null
  unused_since: number | null
  thumbhash: string | null
  created_at: number
  updated_at: number
}

export interface AttemptsTable {
  id: string
  image_id: string
  /** Counts the attempts of an image, so that of those made in one millisecond the order is known. */
  seq: number
  rung: Rung
  outcome: AttemptOutcome
  failure_code: FailureCode | null
  slot_cloudflare_id: string | null
  upload_url: string | null
  expires_at: number | null
  cloudflare_id: string | null
  refusal_code: number | null
  sent_at: number | null
  created_at: number
}

export interface JobsTable {
  key: string
  kind: JobKind
  subject: string
  state: Job['state']
  run_at: number
  /** When it may be claimed: `run_at`, or the end of the lease if that is later. */
  ready_at: number
  tries: number
  pause_ms: number
  lease_owner: string | null
  lease_until: number | null
  code: FailureCode | null
  revision: number
  again_at: number | null
  created_at: number
}

export interface AuditTable {
  image_id: string
  version: number
  at: number
  actor: string
  from_state: ImageState | null
  to_state: ImageState
  attempt_id: string | null
  code: FailureCode | null
}

export interface UsagesTable {
  image_id: string
  type: string
  thing_id: string
  field: string
  since: number
}

export interface LeasesTable {
  key: string
  owner: string
  until: number
}

export interface EpochsTable {
  subject: string
  epoch: number
}

export interface ConsumedTable {
  id: string
  until: number
}
