import { checkFile, ImagesError } from '@lightfast/core'
import type { ImageFacts } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { CloudflareImage } from '../client/cloudflare-image.ts'
import { findOwned } from './find-owned.ts'
import { findKind } from './read-request.ts'
import { makeAttempt } from './open-way.ts'
import type { ImageRecord } from './record.ts'
import { listThumbhashJobs } from './thumbhash-job.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface RegisterImage {
  /** Cloudflare's id, as somebody reports it. */
  readonly cloudflareId: string
  readonly kind: string
}

/**
 * Takes an image into the records that is at Cloudflare already. It is the principal's only if Cloudflare says so: its
 * creator, which our server has set, must be the principal. An image that is somebody's is nobody else's.
 * @throws ImagesError `not_found`, the same whether there is none or it is not the principal's.
 */
export async function registerImage(
  context: UploadsContext,
  principal: Principal,
  { cloudflareId, kind }: RegisterImage,
): Promise<ImageRecord> {
  const policy = findKind(kind, context.kinds)
  const known = await context.store.attempts.findByCloudflareId(cloudflareId)
  if (known) return findOwned(context.store, principal, known.imageId)
  const image = await context.client.images.get(cloudflareId)
  if (image.draft || image.creator !== principal.id) {
    throw new ImagesError('not_found', 'There is no such image, or it is not yours.')
  }
  const file = await context.client.images.blob(cloudflareId)
  const verdict = checkFile(new Uint8Array(await file.arrayBuffer()), policy)
  if (verdict.status === 'refused') {
    const { code, message } = verdict.failure
    throw new ImagesError(code, message)
  }
  return create(context, principal, { image, kind, facts: verdict.facts, sizeBytes: file.size })
}

interface Registered {
  readonly image: CloudflareImage
  readonly kind: string
  readonly facts: ImageFacts
  readonly sizeBytes: number
}

/** One write, so that no killed process leaves a record that is not ready. */
async function create(
  context: UploadsContext,
  principal: Principal,
  registered: Registered,
): Promise<ImageRecord> {
  const { store, bus } = context
  const requested = toRecord(context, principal, registered)
  const { id: cloudflareId } = registered.image
  const won = { outcome: 'won', cloudflareId } as const
  const attempt = { ...makeAttempt(context, requested.id, 'direct'), ...won }
  const record = { ...requested, state: 'ready', attemptId: attempt.id, cloudflareId } as const
  const jobs = listThumbhashJobs(context, record)
  const beside = { actor: principal.id, attempts: [{ add: attempt }], jobs }
  const made = await store.records.create(record, beside)
  if (made.created === 'known') return made.record
  context.onJobs(jobs)
  const event = { type: 'image-moved', kind: record.kind, from: null, to: 'ready' } as const
  bus.emit('image-moved', () => ({ ...event, rung: 'direct', code: null }))
  return made.record
}

/** Cloudflare's id is the upload id: however many report it at once, there is one record. */
function toRecord(
  { now, randomId }: UploadsContext,
  { id: ownerId, tenantId }: Principal,
  { image, kind, facts, sizeBytes }: Registered,
): ImageRecord {
  const createdAt = now()
  return {
    id: randomId(),
    uploadId: image.id,
    ownerId,
    // An empty one is none.
    tenantId: tenantId || null,
    state: 'requested',
    version: 0,
    kind,
    privacy: image.requireSignedURLs ? 'private' : 'public',
    cloudflareId: null,
    attemptId: null,
    filename: image.filename ?? 'image',
    facts: 'verified',
    contentType: facts.type,
    sizeBytes,
    width: facts.width,
    height: facts.height,
    metadata: {},
    failure: null,
    kept: null,
    unusedSince: createdAt,
    thumbhash: null,
    createdAt,
    updatedAt: createdAt,
  }
}
