import { ImagesError } from '@lightfast/core'
import type { JobResult } from '../jobs/job-handler.ts'
import type { Job } from '../jobs/job-store.ts'
import { closeSoon, settleAttempt } from './confirm.ts'
import { LOOKS_MS } from './look-limit.ts'
import type { ImageRecord } from './record.ts'
import { markReady } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'

const CONFIRM_MS = 10_000
const FIRST_PAUSE_MS = 2000
const LAST_PAUSE_MS = 300_000

/** Below this many, a call for each costs no more than a page of the list. */
const FEW = 5

/** A page has a thousand. What is not on the newest ones is asked for by itself. */
const MAX_PAGES = 5

/** How far our clock and Cloudflare's may be apart. */
const SKEW_MS = 60_000

/** Hears Cloudflare's word on one upload that is said to have arrived. Until there is one, it is asked again, ever less often. */
export async function confirmOne(
  context: UploadsContext,
  imageId: string,
  signal: AbortSignal,
): Promise<JobResult> {
  const record = await context.store.records.find(imageId)
  return record ? confirm(context, record, signal) : 'done'
}

/** The same for many: drafts are in no list, so whatever is in it has arrived. */
export async function confirmMany(
  context: UploadsContext,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JobResult | ImagesError>> {
  const records = await context.store.records.findMany(jobs.map(({ subject }) => subject))
  const waiting = records.filter(({ state }) => state === 'delivered')
  const listed =
    waiting.length > FEW ? await findListed(context, waiting, signal) : new Set<string>()
  const results = await Promise.all(
    jobs.map(async ({ key, subject }) => {
      const record = waiting.find(({ id }) => id === subject)
      return [key, record ? await settle(context, record, { listed, signal }) : 'done'] as const
    }),
  )
  return new Map(results)
}

async function confirm(
  context: UploadsContext,
  record: ImageRecord,
  signal: AbortSignal,
): Promise<JobResult> {
  const { attemptId, state, ownerId } = record
  const attempt = attemptId === null ? undefined : await context.store.attempts.find(attemptId)
  if (state !== 'delivered' || !attempt) return 'done'
  if (!context.mayConfirm(ownerId)) return { againAt: context.now() + LOOKS_MS }
  const options = { deadlineMs: CONFIRM_MS, signal }
  const { verdict } = await settleAttempt(context, attempt, { record, options })
  if (verdict.status === 'unknown') throw verdict.error
  if (verdict.status === 'landed' || verdict.status === 'refused') return 'done'
  if (verdict.status === 'missing') await closeSoon(context, attempt)
  return { againAt: context.now() + toPauseMs(context, record) }
}

/** Half as long again as it has taken so far. What never comes is ended by the job that closes its attempt. */
function toPauseMs({ now }: UploadsContext, { updatedAt }: ImageRecord): number {
  return Math.min(LAST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, (now() - updatedAt) / 2))
}

interface Listed {
  readonly listed: ReadonlySet<string>
  readonly signal: AbortSignal
}

async function settle(
  context: UploadsContext,
  record: ImageRecord,
  { listed, signal }: Listed,
): Promise<JobResult | ImagesError> {
  const { attemptId, cloudflareId } = record
  try {
    if (attemptId === null || cloudflareId === null || !listed.has(cloudflareId)) {
      return await confirm(context, record, signal)
    }
    await markReady(context, record, { attemptId, cloudflareId })
    return 'done'
  } catch (error) {
    if (error instanceof ImagesError) return error
    throw error
  }
}

/** Reads the newest pages until all are found, or the pages are older than they are. */
async function findListed(
  { client }: UploadsContext,
  records: readonly ImageRecord[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const wanted = new Set(records.map(({ cloudflareId }) => cloudflareId))
  const since = Math.min(...records.map(({ createdAt }) => createdAt)) - SKEW_MS
  const found = new Set<string>()
  let continuationToken: string | undefined
  for (let page = 0; page < MAX_PAGES && found.size < wanted.size; page += 1) {
    const query = continuationToken === undefined ? {} : { continuationToken }
    const { images, continuationToken: next } = await client.images.listPage(query, { signal })
    for (const { id } of images) if (wanted.has(id)) found.add(id)
    const oldest = images.at(-1)?.uploadedAt ?? 0
    if (next === null || oldest < since) break
    continuationToken = next
  }
  return found
}
