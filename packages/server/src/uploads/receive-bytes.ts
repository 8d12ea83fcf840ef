import { checkFile, ImagesError } from '@lightfast/core'
import type { ImageFacts } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { receiveBody } from '../bytes/receive-body.ts'
import { findOwned } from './find-owned.ts'
import { findBytes, giveUpBytes } from './kept-bytes.ts'
import { findKind } from './read-request.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { relayBytes } from './relay-bytes.ts'
import { reject } from './settle-record.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'
import { withLease } from './with-lease.ts'

/** Bytes that a browser sends to us instead of to Cloudflare. */
export interface ReceiveBytes {
  readonly attemptId: string
  readonly body: ReadableStream<Uint8Array>
  /** What the request's head says that the body has. */
  readonly contentLength: number | undefined
  readonly signal?: AbortSignal
}

/**
 * Takes the bytes of an upload, checks them, and sends them on: at once on the rung `relay`, by a job on the rung `park`. What we
 * cannot send on at once is parked. Bytes that are not wanted any more are not read: the record is answered as it is.
 * @throws ImagesError `upload_conflict` while another request sends the same bytes.
 */
export async function receiveBytes(
  context: UploadsContext,
  principal: Principal,
  { id, ...received }: ReceiveBytes & { readonly id: string },
): Promise<ImageRecord> {
  const owned = await findOwned(context.store, principal, id)
  if (!isWanted(owned)) return leave(received, owned)
  checkLength(owned, received)
  return withLease(context, `bytes:${id}`, async (signal) => {
    // Read again: who held the lease before may have brought them.
    const record = await latest(context, owned)
    if (!isWanted(record)) return leave(received, record)
    const attempt = await findAttempt(context, record, received.attemptId)
    const either = received.signal ? AbortSignal.any([signal, received.signal]) : signal
    const kept = await keep(context, record, { ...received, signal: either })
    const checked = await check(context, kept)
    return relayBytes(context, checked, attempt)
  })
}

function isWanted({ state }: ImageRecord): boolean {
  return state === 'requested' || state === 'pending'
}

async function leave(
  { body }: Pick<ReceiveBytes, 'body'>,
  record: ImageRecord,
): Promise<ImageRecord> {
  await body.cancel().catch(() => undefined)
  if (record.state === 'expired') {
    throw new ImagesError('upload_conflict', 'This upload is over. Begin it again.', {
      stage: 'transfer',
    })
  }
  return record
}

function checkLength(
  { sizeBytes }: ImageRecord,
  { contentLength }: Pick<ReceiveBytes, 'contentLength'>,
): void {
  if (contentLength === undefined || contentLength === sizeBytes) return
  const message = `The body has ${contentLength} bytes, and ${sizeBytes} were announced.`
  throw new ImagesError('invalid_request', message, { field: 'content-length' })
}

async function findAttempt(
  { store }: UploadsContext,
  record: ImageRecord,
  attemptId: string,
): Promise<Attempt> {
  const attempt = await store.attempts.find(attemptId)
  const isOurs = attempt?.imageId === record.id && attempt.rung !== 'direct'
  if (isOurs && attempt.outcome === 'open' && attempt.sentAt === null) return attempt
  if (isOurs) throw new ImagesError('upload_conflict', 'This attempt is over. Ask for another.')
  throw new ImagesError('invalid_request', 'This upload has no such attempt.', {
    field: 'attemptId',
  })
}

/** Room is reserved before a byte is read, and the job that gives it up again is written with it. */
async function keep(
  context: UploadsContext,
  record: ImageRecord,
  { body, signal }: Pick<ReceiveBytes, 'body'> & { readonly signal: AbortSignal },
): Promise<ImageRecord> {
  const { times, limits, now, schedule } = context
  const { sizeBytes } = record
  const bytes = findBytes(context)
  const until = now() + times.keepMs
  const jobs = [{ kind: 'drop-bytes', subject: record.id, runAt: until }] as const
  const room = { totalBytes: limits.totalBytes, ownerBytes: limits.ownerBytes }
  const beside = { actor: record.ownerId, jobs, room }
  const reserved = await move(context, record, [
    record.state,
    // What was there before may have been verified; what comes now is not.
    { kept: { sizeBytes, until }, facts: 'claimed', beside },
  ])
  if (!reserved) {
    throw new ImagesError('upload_conflict', 'This upload has changed meanwhile.', {
      retryAfterMs: 500,
    })
  }
  try {
    const { idleMs, slotMs: withinMs } = times
    const arriving = receiveBody(body, { sizeBytes, idleMs, withinMs, schedule, signal })
    await bytes.put(record.id, arriving, { maxBytes: sizeBytes, signal })
    return reserved
  } catch (error) {
    await giveUpBytes(context, reserved).catch(() => undefined)
    throw error instanceof ImagesError ? error : toBroken(error)
  }
}

/** The connection broke, or the browser left: that is no fault of ours. */
function toBroken(cause: unknown): ImagesError {
  return new ImagesError('transfer_interrupted', 'The bytes broke off on their way to us.', {
    cause,
  })
}

/** What passes through us is judged by its bytes: from here on its facts are no claim. */
async function check(context: UploadsContext, record: ImageRecord): Promise<ImageRecord> {
  const verdict = await context.inTurn(async () => {
    const file = await findBytes(context).open(record.id)
    if (!file) throw new ImagesError('bytes_missing', 'The bytes that were kept are gone.')
    return checkFile(new Uint8Array(await file.arrayBuffer()), findKind(record.kind, context.kinds))
  })
  if (verdict.status === 'accepted') return { ...record, ...toVerified(verdict.facts) }
  const { code, message, measure } = verdict.failure
  const error = new ImagesError(code, message, { stage: 'check', ...(measure && { measure }) })
  await reject(context, record, { error })
  throw error
}

function toVerified({ type, width, height }: ImageFacts) {
  return { facts: 'verified', contentType: type, width, height } as const
}
