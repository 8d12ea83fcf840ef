import { ImagesError } from '@lightfast/core'

/** Makes the failure of a store that has no room. */
export function toStorageFull(why: string, cause?: unknown): ImagesError {
  return new ImagesError('storage_full', `The bytes were not kept: ${why}.`, { cause })
}
