import { buildDeliveryUrl, ImagesError, imageStates } from '@lightfast/core'
import type { Image, ImageList, ImageState, Rung, SignedUrl } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { imageExpiry } from '../delivery/sign-url-expiry.ts'
import { signUrl } from '../delivery/sign-url.ts'
import { findOwned } from './find-owned.ts'
import type { ImageRecord } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface ListImages {
  readonly state?: ImageState
  readonly cursor?: string
  /** @default 50 */
  readonly limit?: number
  /** The named variant whose signed URL each ready image should carry. */
  readonly variant?: string
}

/** What was deleted is only in the audit. */
const shownStates = imageStates.filter((state) => state !== 'deleted')

const LIMIT = 50
const URL_BUCKET_MS = 300_000

/** Lists the principal's own images, newest first. */
export async function listImages(
  context: UploadsContext,
  principal: Principal,
  { state, cursor, limit = LIMIT, variant }: ListImages,
): Promise<ImageList> {
  if (variant !== undefined) checkVariant(context, variant)
  const after = cursor === undefined ? undefined : await findCursor(context, principal, cursor)
  const records = await context.store.records.list({
    ownerId: principal.id,
    limit: limit + 1,
    states: state ? [state] : shownStates,
    ...(after && { after }),
  })
  const page = records.slice(0, limit)
  const rungs = await findRungs(context, page)
  return {
    images: await Promise.all(
      page.map((record) => toImage(context, record, { variant, rung: toRung(record, rungs) })),
    ),
    nextCursor: records.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/**
 * Signs the URL of one variant of the principal's own image.
 * @throws ImagesError `upload_conflict` while the image is not ready.
 */
export async function signImageUrl(
  context: UploadsContext,
  principal: Principal,
  { id, variant }: { readonly id: string; readonly variant: string },
): Promise<SignedUrl> {
  checkVariant(context, variant)
  const record = await findOwned(context.store, principal, id)
  const signed = await sign(context, record, variant)
  if (!signed) throw new ImagesError('upload_conflict', 'This image is not ready yet.')
  return signed
}

/** Turns a record into what its owner is answered: nothing of Cloudflare's but a signed URL. */
export async function toImage(
  context: UploadsContext,
  record: ImageRecord,
  { variant, rung }: { readonly variant?: string | undefined; readonly rung?: Rung | null } = {},
): Promise<Image> {
  const way = rung === undefined ? toRung(record, await findRungs(context, [record])) : rung
  const signed = variant === undefined ? undefined : await sign(context, record, variant)
  const { id, uploadId, state, kind, filename, facts, contentType } = record
  const { sizeBytes, width, height, createdAt, failure } = record
  return {
    id,
    uploadId,
    state,
    kind,
    filename,
    facts,
    contentType,
    sizeBytes,
    width,
    height,
    rung: way,
    createdAt,
    failure,
    url: signed?.url ?? null,
  }
}

async function findRungs(
  { store }: UploadsContext,
  records: readonly ImageRecord[],
): Promise<ReadonlyMap<string, Rung>> {
  const ids = records.flatMap(({ attemptId }) => attemptId ?? [])
  const attempts = ids.length === 0 ? [] : await store.attempts.findMany(ids)
  return new Map(attempts.map(({ id, rung }) => [id, rung]))
}

function toRung({ state, attemptId }: ImageRecord, rungs: ReadonlyMap<string, Rung>): Rung | null {
  if (state === 'parked') return 'park'
  return (attemptId !== null && rungs.get(attemptId)) || null
}

async function sign(
  { delivery, now }: UploadsContext,
  { state, cloudflareId }: ImageRecord,
  variant: string,
): Promise<SignedUrl | undefined> {
  if (state !== 'ready' || !cloudflareId) return undefined
  const { accountHash, origin, urlMs, signingKey } = delivery
  const url = buildDeliveryUrl({ accountHash, imageId: cloudflareId, variant, origin })
  const expiresAt = imageExpiry(cloudflareId, now(), { ttlMs: urlMs, bucketMs: URL_BUCKET_MS })
  return { url: await signUrl(url, expiresAt, signingKey), expiresAt }
}

/** A variant that no rule of ours knows might show more than its asker may see. */
function checkVariant({ delivery }: UploadsContext, variant: string): void {
  if (delivery.variants.includes(variant)) return
  throw new ImagesError('invalid_request', 'There is no such variant.', { field: 'variant' })
}

async function findCursor(
  { store }: UploadsContext,
  principal: Principal,
  cursor: string,
): Promise<ImageRecord> {
  const record = await store.records.find(cursor)
  if (record?.ownerId === principal.id) return record
  throw new ImagesError('invalid_request', 'This cursor is not one that was answered.', {
    field: 'cursor',
  })
}
