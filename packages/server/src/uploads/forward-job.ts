import { createFailure, ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { JobResult } from '../jobs/job-handler.ts'
import { forwardBytes } from './forward-bytes.ts'
import type { ImageRecord } from './record.ts'
import { resumeForward } from './resume-forward.ts'
import { expire, noteFailure } from './settle-record.ts'
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
    const forwarded = await forwardBytes(context, record, options)
    return forwarded.status === 'settled' ? 'done' : { againAt: forwarded.at }
  } catch (error) {
    if (error instanceof ImagesError) {
      await noteFailure(context, record, { ...error.failure, stage: 'transfer' })
    }
    throw error
  }
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
  const settled = await expire(context, record, failure)
  if (settled.state === 'parked') await giveUpForward(context, imageId, code)
}

/** Somebody replays a job that was given up: it goes on where it was. */
async function revive(context: UploadsContext, expired: ImageRecord): Promise<ImageRecord> {
  const change = { failure: null, beside: { actor: 'replay' } }
  const moved = expired.kept ? await move(context, expired, ['requested', change]) : undefined
  return (moved && (await resumeForward(context, moved))) ?? latest(context, expired)
}
