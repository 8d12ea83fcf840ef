import { DEFAULT_SLOT_MS, ImagesError } from '@lightfast/core'
import type { DirectUpload, FilePolicy, StartUpload } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { confirmRecord, findLanded, latest } from './confirm.ts'
import type { Attempt, ImageRecord, Slot } from './record.ts'
import { canMove, isSettled } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface Started {
  readonly record: ImageRecord
  /** Null when no bytes are wanted: they have arrived, or were refused. */
  readonly directUpload: DirectUpload | null
}

/** Less than the 20 s that a browser waits for us, so that Cloudflare's silence is not taken for ours. */
const SLOT_DEADLINE_MS = 15_000

/** A slot that is about to expire is not worth starting on. */
const SLOT_MARGIN_MS = 60_000

/**
 * Gets a slot for a file. The record is written first, so that a failing try is known, and asking again
 * with the same upload id goes on with that record: nothing is doubled.
 */
export async function startUpload(
  context: UploadsContext,
  principal: Principal,
  request: StartUpload,
): Promise<Started> {
  checkRequest(request, context.kinds)
  const { record } = await context.store.create(toRecord(context, principal, request))
  if (isSettled(record)) return { record, directUpload: null }
  return record.state === 'requested' ? openSlot(context, record) : resume(context, record)
}

/** Before a new slot is opened, Cloudflare is asked whether an earlier one has got the bytes after all. */
async function resume(context: UploadsContext, record: ImageRecord): Promise<Started> {
  if (record.state === 'delivered') return noSlot(await confirmRecord(context, record))
  const attempts = await context.store.attempts(record.id)
  const landed = await findLanded(context, attempts)
  if (landed) return noSlot(await confirmRecord(context, record, landed))
  if (record.state === 'expired') return reopen(context, record)
  const now = context.now()
  const open = attempts.map((attempt) => toUsable(attempt, now)).find((usable) => usable !== null)
  return open ? { record, directUpload: open } : openSlot(context, record)
}

/** A retry of an expired upload: the same record, a new attempt. */
async function reopen(context: UploadsContext, expired: ImageRecord): Promise<Started> {
  const { store } = context
  const requested = await store.move(expired, 'requested', { failure: null })
  const current = requested ?? (await latest(store, expired))
  return canMove(current.state, 'pending') ? openSlot(context, current) : noSlot(current)
}

async function openSlot(context: UploadsContext, record: ImageRecord): Promise<Started> {
  const { store, now, randomId } = context
  const attempt: Attempt = {
    id: randomId(),
    imageId: record.id,
    rung: 'direct',
    outcome: 'open',
    failureCode: null,
    slot: null,
    createdAt: now(),
  }
  await store.addAttempt(attempt)
  const slot = await createSlot(context, record, attempt)
  await store.fillAttempt(attempt.id, slot)
  const moved = await store.move(record, 'pending', { failure: null })
  const current = moved ?? (await latest(store, record))
  // Somebody else moved it meanwhile. Our slot is as good as theirs: one guarded write picks the winner.
  return current.state === 'pending'
    ? { record: current, directUpload: toDirectUpload(attempt.id, slot) }
    : noSlot(current)
}

async function createSlot(
  { client, store, now }: UploadsContext,
  record: ImageRecord,
  attempt: Attempt,
): Promise<Slot> {
  const expiresAt = now() + DEFAULT_SLOT_MS
  try {
    const upload = {
      expiresAt,
      privacy: 'private',
      creator: record.ownerId,
      metadata: { imageId: record.id, attemptId: attempt.id },
    } as const
    const options = { deadlineMs: SLOT_DEADLINE_MS }
    const { id, uploadURL } = await client.directUploads.create(upload, options)
    return { cloudflareId: id, url: uploadURL, expiresAt }
  } catch (error) {
    if (error instanceof ImagesError) {
      await store.failAttempt(attempt.id, error.code)
      await store.move(record, record.state, { failure: error.failure })
    }
    throw error
  }
}

function noSlot(record: ImageRecord): Started {
  return { record, directUpload: null }
}

/** The slot of an attempt, if a browser may still use it. */
function toUsable({ id, outcome, slot }: Attempt, now: number): DirectUpload | null {
  if (outcome === 'failed' || slot === null) return null
  return slot.expiresAt - now > SLOT_MARGIN_MS ? toDirectUpload(id, slot) : null
}

function toDirectUpload(attemptId: string, { url, expiresAt }: Slot): DirectUpload {
  return { attemptId, url, expiresAt }
}

/** The browser has checked all this already; whoever comes without our kit has not. */
function checkRequest(request: StartUpload, kinds: Readonly<Record<string, FilePolicy>>): void {
  const policy = Object.hasOwn(kinds, request.kind) ? kinds[request.kind] : undefined
  if (!policy) {
    throw new ImagesError('invalid_request', 'There is no such kind of upload.', { field: 'kind' })
  }
  if (!policy.types.includes(request.contentType)) {
    throw new ImagesError('file_type_unsupported', `${request.contentType} is not accepted.`)
  }
  if (request.sizeBytes > policy.maxBytes) {
    const measure = { actual: request.sizeBytes, limit: policy.maxBytes }
    throw new ImagesError('file_too_large', 'The file is over the limit.', { measure })
  }
}

function toRecord(
  { now, randomId }: UploadsContext,
  { id: ownerId }: Principal,
  request: StartUpload,
): ImageRecord {
  const createdAt = now()
  return {
    ...request,
    id: randomId(),
    ownerId,
    state: 'requested',
    version: 0,
    cloudflareId: null,
    failure: null,
    createdAt,
    updatedAt: createdAt,
  }
}
