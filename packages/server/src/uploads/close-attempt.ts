import type { JobResult } from '../jobs/job-handler.ts'
import type { NewJob } from '../jobs/job-store.ts'
import { settleAttempt } from './confirm.ts'
import { endIfOver } from './end-if-over.ts'
import { toClosingMs } from './open-way.ts'
import type { Attempt, ImageRecord } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'
import type { Verdict } from './verdict.ts'

const CLOSE_MS = 20_000

/**
 * Settles an attempt after its time, by asking Cloudflare and never by our clock alone. What it has brought after all wins if nothing else
 * has; else its image is deleted. An upload whose last attempt came to nothing is over.
 */
export async function closeAttempt(
  context: UploadsContext,
  attemptId: string,
  signal: AbortSignal,
): Promise<JobResult> {
  const attempt = await context.store.attempts.find(attemptId)
  const record = attempt && (await context.store.records.find(attempt.imageId))
  if (!attempt || !record || isWon(record, attempt)) return 'done'
  // The upload was not over when its attempt was: that is looked at again.
  if (attempt.outcome === 'closed') return endIfOver(context, record.id)
  const dueAt = toDueAt(context, attempt)
  if (context.now() < dueAt) return { againAt: dueAt }
  const options = { deadlineMs: CLOSE_MS, signal }
  const settled = await settleAttempt(context, attempt, { record, options })
  const { verdict } = settled
  if (verdict.status === 'unknown') throw verdict.error
  if (verdict.status === 'waiting') return { againAt: verdict.until }
  if (verdict.status === 'landed') return sweep(context, settled.record, { attempt, verdict })
  const openUntil = toOpenUntil(context, attempt)
  return context.now() < openUntil ? { againAt: openUntil } : close(context, attempt)
}

/** A slot whose file was refused can be sent another one until its time is over. */
function toOpenUntil({ times }: UploadsContext, { slot }: Attempt): number {
  return slot ? slot.expiresAt + times.graceMs : 0
}

/** One that was not sent is sent later by the same attempt, and the job is there from the first time. */
function toDueAt(context: UploadsContext, { rung, sentAt }: Attempt): number {
  return rung === 'direct' || sentAt === null ? 0 : sentAt + toClosingMs(context)
}

/** What has won meanwhile, or is being sent at this moment, is not closed. */
async function close(
  context: UploadsContext,
  { id, imageId, sentAt }: Attempt,
): Promise<JobResult> {
  const set = { outcome: 'closed' } as const
  const change = { id, set, while: ['open', 'failed'], whileSentAt: sentAt } as const
  const closed = await context.store.attempts.change([change])
  if (closed === 'changed') return endIfOver(context, imageId)
  const now = await context.store.attempts.find(id)
  return now?.outcome === 'won' ? 'done' : { againAt: context.now() }
}

/** A slot takes one file. What we sent ourselves may have been sent twice, so that is looked for all the same. */
function isWon({ state, attemptId }: ImageRecord, { id, rung }: Attempt): boolean {
  return rung === 'direct' && state === 'ready' && attemptId === id
}

interface Landed {
  readonly attempt: Attempt
  readonly verdict: Extract<Verdict, { status: 'landed' }>
}

/** Deletes what is at Cloudflare by this attempt and is not its record's image. */
async function sweep(
  context: UploadsContext,
  record: ImageRecord,
  { attempt, verdict }: Landed,
): Promise<JobResult> {
  const { store, bus, now, onJobs } = context
  const isWinner = record.state === 'ready' && record.attemptId === attempt.id
  const losers = findLosers(isWinner ? record.cloudflareId : null, verdict)
  const jobs = losers.map((id): NewJob => ({ kind: 'delete-remote', subject: id, runAt: now() }))
  const set = isWinner ? { outcome: 'won' as const } : { outcome: 'closed' as const }
  await store.attempts.change([{ id: attempt.id, set }], jobs)
  onJobs(jobs)
  for (const _ of losers)
    bus.emit('image-swept', () => ({ type: 'image-swept', because: toReason(record) }))
  return 'done'
}

/** If the winner itself is not there, one of the others may have taken its place: a change of privacy gives an image a new id. */
function findLosers(winner: string | null, { cloudflareId, others }: Landed['verdict']) {
  const landed = [cloudflareId, ...others]
  if (winner !== null && !landed.includes(winner)) return []
  return landed.filter((id) => id !== winner)
}

function toReason({ state }: ImageRecord): 'lost' | 'deleted' | 'rejected' {
  return state === 'deleted' || state === 'rejected' ? state : 'lost'
}
