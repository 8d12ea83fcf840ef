import { createFailure, ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { CallOptions } from '../client/api.ts'
import type { JobResult } from '../jobs/job-handler.ts'
import { forwardBytes } from './forward-bytes.ts'
import { toExpireJob } from './open-way.ts'
import type { ImageRecord } from './record.ts'
import { resumeForward } from './resume-forward.ts'
import { expireParked, markReady, noteFailure } from './settle-record.ts'
import type { Arrived } from './settle-record.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Sends the bytes of a parked upload on. */
export async function forward(
  context: UploadsContext,
  imageId: string,
  signal: AbortSignal,
): Promise<JobResult> {
  const found = await context.store.records.find(imageId)
  const record = found?.state === 'expired' ? await revive(context, found) : found
  if (record?.state !== 'parked') return 'done'
  try {
    const options = { deadlineMs: context.times.forwardMs, signal }
    const found = await findArrived(context, record, options)
    if (found) return await adopt(context, record, found)
    const forwarded = await context.sendInTurn(() => forwardBytes(context, record, options))
    return forwarded.status === 'settled' ? 'done' : { againAt: forwarded.at }
  } catch (error) {
    if (error instanceof ImagesError) {
      await noteFailure(context, record, { ...error.failure, stage: 'transfer' })
    }
    throw error
  }
}

/**
 * Asks whether an image of this record is there already. It is also a cheap question to begin with: bytes that set out into an outage
 * cannot be sent again before the lists have caught up.
 */
async function findArrived(
  { client }: UploadsContext,
  { id }: ImageRecord,
  options: CallOptions,
): Promise<Arrived | undefined> {
  const meta = [{ field: 'imageId', op: 'eq', value: id }] as const
  const { images } = await client.images.listPage({ meta, perPage: 10 }, options)
  return images.flatMap(({ id: cloudflareId, meta: { attemptId } }) =>
    typeof attemptId === 'string' ? [{ attemptId, cloudflareId }] : [],
  )[0]
}

async function adopt(
  context: UploadsContext,
  record: ImageRecord,
  arrived: Arrived,
): Promise<JobResult> {
  await markReady(context, record, arrived)
  return 'done'
}

/** Tells its owner that a parked upload will not finish by itself. The bytes stay for a while, so that it can be replayed. */
export async function giveUpForward(
  context: UploadsContext,
  imageId: string,
  code: FailureCode,
): Promise<void> {
  const record = await context.store.records.find(imageId)
  if (record?.state !== 'parked') return
  const message = 'The file was kept, and could not be sent on. It has to be tried again.'
  const failure = createFailure(code, record.failure?.message ?? message, { stage: 'transfer' })
  await expireParked(context, record, failure)
}

/** Somebody replays a job that was given up: it goes on where it was, or ends anew if the bytes are gone. */
async function revive(context: UploadsContext, expired: ImageRecord): Promise<ImageRecord> {
  const change = {
    failure: null,
    beside: { actor: 'replay', jobs: [toExpireJob(context, expired)] },
  }
  const moved = expired.kept ? await move(context, expired, ['requested', change]) : undefined
  return (moved && (await resumeForward(context, moved))) ?? latest(context, expired)
}
