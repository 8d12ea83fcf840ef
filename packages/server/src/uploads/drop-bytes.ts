import { createFailure, ImagesError } from '@lightfast/core'
import type { JobResult } from '../jobs/job-handler.ts'
import { findBytes, giveUpBytes } from './kept-bytes.ts'
import { isSettled } from './record.ts'
import { expire } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'
import { withLease } from './with-lease.ts'

const AGAIN_MS = 5000

/**
 * Gives up bytes that Cloudflare has, that were refused, or that have been kept long enough. While more of them are coming in, it waits: they
 * would be there again, and nobody would know.
 */
export async function dropBytes(context: UploadsContext, imageId: string): Promise<JobResult> {
  try {
    return await withLease(context, `bytes:${imageId}`, () => drop(context, imageId))
  } catch (error) {
    if (!(error instanceof ImagesError) || error.code !== 'upload_conflict') throw error
    return { againAt: context.now() + (error.retryAfterMs ?? AGAIN_MS) }
  }
}

async function drop(context: UploadsContext, imageId: string): Promise<JobResult> {
  const record = await context.store.records.find(imageId)
  if (!record?.kept) {
    await findBytes(context).delete(imageId)
    return 'done'
  }
  const { until } = record.kept
  if (!isSettled(record) && context.now() < until) return { againAt: until }
  const ended = record.state === 'parked' ? await expire(context, record, keptTooLong) : record
  // Another writer was first: it is looked at again.
  if (ended.state === 'parked') return { againAt: context.now() }
  const { kept } = await giveUpBytes(context, ended)
  return kept ? { againAt: context.now() } : 'done'
}

const keptTooLong = createFailure(
  'bytes_missing',
  'The file was kept as long as it may be, and could not be sent on. It has to be chosen again.',
)
