import type { Image, Rung } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findActions } from './find-allowed.ts'

/** A record, and what it cannot tell of itself. */
export interface Shown {
  readonly record: ImageRecord
  readonly url?: string | null
  readonly rung?: Rung | null
}

/** Turns a record into what whoever asks is answered: nothing of Cloudflare's but a URL. */
export async function toImage(
  context: UploadsContext,
  principal: Principal,
  { record, ...shown }: Shown,
): Promise<Image> {
  const { id, uploadId, state, kind, filename, facts, contentType } = record
  const { sizeBytes, width, height, createdAt, failure, privacy, ownerId, thumbhash } = record
  const { url = null, rung = toRung(record, await findRungs(context, [record])) } = shown
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
    rung,
    createdAt,
    failure,
    mine: ownerId === principal.id,
    privacy,
    can: await findActions(context.policy, principal, record),
    url,
    thumbhash,
  }
}

/** Finds the rungs of the attempts that have won. */
export async function findRungs(
  { store }: UploadsContext,
  records: readonly ImageRecord[],
): Promise<ReadonlyMap<string, Rung>> {
  const ids = records.flatMap(({ attemptId }) => attemptId ?? [])
  const attempts = ids.length === 0 ? [] : await store.attempts.findMany(ids)
  return new Map(attempts.map(({ id, rung }) => [id, rung]))
}

/** Tells the rung of a record; null before there is one. */
export function toRung(
  { state, attemptId }: ImageRecord,
  rungs: ReadonlyMap<string, Rung>,
): Rung | null {
  if (state === 'parked') return 'park'
  return (attemptId !== null && rungs.get(attemptId)) || null
}
