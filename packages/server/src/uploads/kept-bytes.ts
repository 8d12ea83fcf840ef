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

/** Gives up bytes of ours, and their room. */
export async function giveUpBytes(
  context: UploadsContext,
  record: ImageRecord,
): Promise<ImageRecord> {
  await findBytes(context).delete(record.id)
  const change = { kept: null, beside: { actor: 'upload' } }
  return (await move(context, record, [record.state, change])) ?? latest(context, record)
}
