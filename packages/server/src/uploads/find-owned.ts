import { ImagesError } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from './record.ts'
import type { ImagesStore } from './store.ts'

/**
 * Finds a record of the principal's own.
 * @throws ImagesError `not_found`, the same whether it is somebody else's or there is none.
 */
export async function findOwned(
  store: Pick<ImagesStore, 'records'>,
  principal: Principal,
  id: string,
): Promise<ImageRecord> {
  // An id with a NUL is none, and some databases would fail at the question.
  const record = id.includes('\0') ? undefined : await store.records.find(id)
  if (!record || record.ownerId !== principal.id || record.state === 'deleted') {
    throw new ImagesError('not_found', 'There is no such image, or it is not yours.')
  }
  return record
}
