import { ImagesError } from '@lightfast/core'
import type { StartUpload, UploadWay } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { chooseRung, readHealth } from './choose-way.ts'
import { confirmRecord } from './confirm.ts'
import { makeAttempt, openWay, toCloseJob, toDirectWay, toExpireJob } from './open-way.ts'
import type { Opened } from './open-way.ts'
import { readRequest } from './read-request.ts'
import { LOOKS_MS } from './look-limit.ts'
import type { ReadRequest } from './read-request.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { isSettled } from './record.ts'
import { resumeForward } from './resume-forward.ts'
import { mayHaveLanded, settlePast } from './settle-past.ts'
import { noteFailure } from './settle-record.ts'
import { STARTS_MS } from './starts-window.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** A slot that is about to expire is not worth starting on. */
const SLOT_MARGIN_MS = 60_000

/** Within which time the ways of one upload are counted. */
const WAYS_MS = 600_000

/**
 * Finds a way for the bytes of a file. The record is written first, so that a failing try is known, and asking again
 * with the same upload id goes on with that record: nothing is doubled.
 */
export async function startUpload(
  context: UploadsContext,
  principal: Principal,
  request: StartUpload,
): Promise<Opened> {
  const read = await readRequest(principal, request, context.kinds)
  const record = toRecord(context, principal, { request, read })
  const host = readHealth(context.client.status())
  const now = context.now()
  const rung = chooseRung({ rungs: context.readRungs(), attempts: [], past: 'clear', host, now })
  const attempt = makeAttempt(context, record.id, rung ?? 'direct')
  const made = await create(context, record, attempt)
  return made.created === 'new'
    ? openWay(context, made.record, attempt)
    : goOn(context, made.record)
}

/** Record, first attempt and the jobs that see both to an end are one write. */
async function create(context: UploadsContext, record: ImageRecord, attempt: Attempt) {
  const { store, limits, onJobs, bus } = context
  const { createdAt, ownerId: actor } = record
  const jobs = [toExpireJob(context, record), ...toCloseJobs(context, attempt)]
  const made = await store.records.create(
    record,
    { actor, attempts: [{ add: attempt }], jobs },
    { starts: limits.startsPerMinute, since: createdAt - STARTS_MS, unfinished: limits.unfinished },
  )
  if (made.created === 'known') return made
  onJobs(jobs)
  const { kind } = record
  bus.emit('image-moved', () => ({
    type: 'image-moved',
    kind,
    from: null,
    to: 'requested',
    rung: attempt.rung,
    code: null,
  }))
  return made
}

/** Of a known upload: what has become of it comes before any new way. */
async function goOn(context: UploadsContext, record: ImageRecord): Promise<Opened> {
  if (isSettled(record) || record.state === 'parked') return { record, way: null }
  if (record.state === 'delivered') {
    return { record: await confirmRecord(context, record), way: null }
  }
  const attempts = await context.store.attempts.of(record.id)
  const looks = Math.max(1, attempts.filter(mayHaveLanded).length)
  if (!context.mayLook(record.ownerId, looks)) {
    throw toTooOften('You have tried too often of late.', LOOKS_MS)
  }
  const past = await settlePast(context, record, { attempts })
  if (past.status === 'settled') return { record: past.record, way: null }
  if (record.state === 'expired') return reopen(context, record, { attempts, past: past.status })
  return chooseAgain(context, record, { attempts, past: past.status, error: past.error })
}

interface Past {
  readonly attempts: readonly Attempt[]
  readonly past: 'clear' | 'unknown'
  readonly error?: ImagesError | undefined
}

/** A retry of an expired upload: the same record, a new attempt. Bytes that are still with us need not come again. */
async function reopen(context: UploadsContext, expired: ImageRecord, past: Past): Promise<Opened> {
  const jobs = [toExpireJob(context, expired)]
  const change = { failure: null, beside: { actor: expired.ownerId, jobs } }
  const requested = await move(context, expired, ['requested', change])
  const record = requested ?? (await latest(context, expired))
  if (record.state !== 'requested' && record.state !== 'pending') return { record, way: null }
  const forwarded = await resumeForward(context, record)
  return forwarded ? { record: forwarded, way: null } : chooseAgain(context, record, past)
}

async function chooseAgain(
  context: UploadsContext,
  record: ImageRecord,
  { attempts, past, error }: Past,
): Promise<Opened> {
  const { client } = context
  const now = context.now()
  const rungs = context.readRungs()
  const rung = chooseRung({ rungs, attempts, past, host: readHealth(client.status()), now })
  if (rung === undefined) return refuse(context, record, error)
  const open = attempts.map((one) => toUsable(one, now)).find((way) => way?.rung === rung)
  if (open) return { record, way: open }
  checkTally(context, attempts)
  const attempt = makeAttempt(context, record.id, rung)
  const jobs = toCloseJobs(context, attempt)
  const beside = { actor: record.ownerId, attempts: [{ add: attempt }], jobs }
  const moved = await move(context, record, [record.state, { beside }])
  // Of many who ask at once one is first, and the others count what it has added.
  return moved ? openWay(context, moved, attempt) : goOn(context, await latest(context, record))
}

/** A new way now could make two images of one file. */
async function refuse(
  context: UploadsContext,
  record: ImageRecord,
  error: ImagesError | undefined,
): Promise<never> {
  const refusal =
    error ??
    new ImagesError('host_unavailable', 'Cloudflare does not say what became of the bytes.')
  await noteFailure(context, record, refusal.failure)
  throw refusal
}

/** Each way can be a slot of the account: one upload does not get any number of them. */
function checkTally({ limits, now }: UploadsContext, attempts: readonly Attempt[]): void {
  const lately = attempts.filter(({ createdAt }) => now() - createdAt < WAYS_MS)
  if (lately.length < limits.attempts) return
  const oldest = Math.min(...lately.map(({ createdAt }) => createdAt))
  const retryAfterMs = Math.max(1000, oldest + WAYS_MS - now())
  throw toTooOften('This upload was tried too often of late.', retryAfterMs)
}

function toTooOften(message: string, retryAfterMs: number): ImagesError {
  return new ImagesError('upload_limit_reached', message, { retryAfterMs })
}

/** The way of an attempt, if a browser may still take it. */
function toUsable({ id, outcome, rung, slot, sentAt }: Attempt, now: number): UploadWay | null {
  if (outcome !== 'open') return null
  if (rung !== 'direct') return sentAt === null ? { rung, attemptId: id } : null
  return slot && slot.expiresAt - now > SLOT_MARGIN_MS ? toDirectWay(id, slot) : null
}

/** Only what can have reached Cloudflare needs to be settled after its time; our own sending has a job of its own. */
function toCloseJobs(context: UploadsContext, attempt: Attempt) {
  return attempt.rung === 'direct' ? [toCloseJob(context, attempt)] : []
}

function toRecord(
  { now, randomId }: UploadsContext,
  { id: ownerId, tenantId }: Principal,
  { request, read }: { readonly request: StartUpload; readonly read: ReadRequest },
): ImageRecord {
  const createdAt = now()
  const { uploadId, kind, filename, contentType, sizeBytes, width, height } = request
  return {
    id: randomId(),
    uploadId,
    ownerId,
    // An empty one is none.
    tenantId: tenantId || null,
    state: 'requested',
    version: 0,
    kind,
    ...read,
    cloudflareId: null,
    attemptId: null,
    filename,
    facts: 'claimed',
    contentType,
    sizeBytes,
    width,
    height,
    failure: null,
    kept: null,
    unusedSince: createdAt,
    thumbhash: null,
    createdAt,
    updatedAt: createdAt,
  }
}
