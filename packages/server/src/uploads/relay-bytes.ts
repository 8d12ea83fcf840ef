import { failures, ImagesError } from '@lightfast/core'
import type { FailureFacts } from '@lightfast/core'
import type { JobLease, JobOutcome } from '../jobs/job-store.ts'
import { forwardBytes } from './forward-bytes.ts'
import type { Forwarded } from './forward-bytes.ts'
import { giveUpBytes } from './kept-bytes.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { expireParked, noteFailure } from './settle-record.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** How much longer than the upload itself a job is ours. */
const LEASE_MARGIN_MS = 15_000

/** How soon a job looks at bytes that could not be sent on at once. */
const AGAIN_MS = 2000

/**
 * Sends bytes on that we keep. The record is parked first, with the job that sends them on; on the rung `relay` that job is ours for a while,
 * so that it is done at once, and by somebody else if we are killed.
 */
export async function relayBytes(
  context: UploadsContext,
  record: ImageRecord,
  { rung }: Attempt,
): Promise<ImageRecord> {
  const lease: JobLease | undefined =
    rung === 'relay'
      ? {
          owner: context.randomId(),
          until: context.now() + 2 * context.times.relayMs + LEASE_MARGIN_MS,
        }
      : undefined
  const parked = await park(context, record, lease)
  if (!lease || parked.state !== 'parked') return parked
  try {
    const forwarded = await sendInTime(context, parked)
    const again = forwarded.status === 'again' ? { runAt: forwarded.at } : undefined
    await settleJob(context, lease, { record, again })
    return forwarded.record
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    return keepOrGiveUp(context, parked, { lease, error })
  }
}

/** The wait for one's turn is part of the time. Where too little of it is left, the job that comes next has more. */
async function sendInTime(context: UploadsContext, record: ImageRecord): Promise<Forwarded> {
  const { sendInTurn, times, now } = context
  const until = now() + times.relayMs
  return sendInTurn(async () => {
    const deadlineMs = until - now()
    if (deadlineMs < times.relayMs / 2) return { status: 'again', at: now(), record }
    return forwardBytes(context, record, { deadlineMs })
  })
}

/** Parks a record whose bytes are with us and were checked. */
export async function park(
  context: UploadsContext,
  record: ImageRecord,
  lease?: JobLease,
): Promise<ImageRecord> {
  const { id, facts, contentType, sizeBytes, width, height } = record
  const job = {
    kind: 'forward',
    subject: id,
    runAt: context.now(),
    ...(lease && { lease }),
  } as const
  const beside = { actor: 'upload', jobs: [job] }
  const change = { facts, contentType, sizeBytes, width, height, failure: null, beside }
  return (await move(context, record, ['parked', change])) ?? latest(context, record)
}

/**
 * Cloudflare did not take them now. If this server parks, or if nobody can tell whether they have arrived, a job goes on
 * with them; else they are the browser's again, which has its copy.
 */
async function keepOrGiveUp(
  context: UploadsContext,
  record: ImageRecord,
  { lease, error }: { readonly lease: JobLease; readonly error: ImagesError },
): Promise<ImageRecord> {
  const failure = { ...error.failure, stage: 'transfer' } as const
  const { retry }: FailureFacts = failures[error.code]
  const parks = context.readRungs().includes('park') && retry !== 'never'
  if (parks || (await mayHaveArrived(context, record))) {
    const noted = await noteFailure(context, record, failure)
    const runAt = context.now() + (error.retryAfterMs ?? AGAIN_MS)
    await settleJob(context, lease, { record, again: { runAt } })
    return noted
  }
  const expired = await expireParked(context, record, failure)
  await settleJob(context, lease, { record, again: undefined })
  if (expired.state !== 'expired') return expired
  await giveUpBytes(context, expired)
  throw new ImagesError(error.code, error.message, {
    ...error.failure,
    stage: 'transfer',
    cause: error,
  })
}

async function mayHaveArrived({ store }: UploadsContext, { id }: ImageRecord): Promise<boolean> {
  const attempts = await store.attempts.of(id)
  return attempts.some(({ rung, outcome, sentAt }) => {
    return rung !== 'direct' && outcome !== 'closed' && sentAt !== null
  })
}

interface Settling {
  readonly record: ImageRecord
  readonly again: { readonly runAt: number } | undefined
}

/** If the lease is over, somebody else is at it: then there is nothing to write. */
async function settleJob(
  { store, onJobs }: UploadsContext,
  { owner }: JobLease,
  { record, again }: Settling,
): Promise<void> {
  const job = await store.jobs.find(`forward:${record.id}`)
  if (!job) return
  const { tries, pauseMs, kind, subject } = job
  const outcome: JobOutcome = again
    ? { status: 'again', ...again, tries, pauseMs, code: null }
    : { status: 'done' }
  await store.jobs.settle(job, owner, outcome)
  if (again) onJobs([{ kind, subject, ...again }])
}
