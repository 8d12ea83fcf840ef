import type { ImageRecord } from './record.ts'
import { park } from './relay-bytes.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Goes on with bytes that are still with us from an earlier try, if there are any. */
export async function resumeForward(
  context: UploadsContext,
  record: ImageRecord,
): Promise<ImageRecord | undefined> {
  if (!context.bytes || !record.kept || record.facts !== 'verified') return undefined
  const file = await context.bytes.open(record.id)
  if (file?.size !== record.sizeBytes) return undefined
  const parked = await park(context, record)
  return parked.state === 'parked' ? parked : undefined
}
