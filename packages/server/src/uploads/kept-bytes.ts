import { ImagesError } from '@lightfast/core'
import type { ByteStore } from '../bytes/byte-store.ts'
import type { ImageRecord } from './record.ts'
import { latest, move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** Where kept bytes are. @throws ImagesError if this server has no such place any more. */
export function findBytes({ bytes }: Pick<UploadsContext, 'bytes'>): ByteStore {
  if (bytes) return bytes
  throw new ImagesError('storage_full', 'This server has no place to keep bytes.')
}

/** Gives up bytes of ours, and their room. If somebody else has written meanwhile, they may need them. */
export async function giveUpBytes(
  context: UploadsContext,
  record: ImageRecord,
): Promise<ImageRecord> {
  const bytes = findBytes(context)
  const change = { kept: null, beside: { actor: 'upload' } }
  const moved = await move(context, record, [record.state, change])
  const current = moved ?? (await latest(context, record))
  // Killed in between, the job that drops bytes finds them without a record that wants them.
  if (current.kept === null) await bytes.delete(record.id)
  return current
}
