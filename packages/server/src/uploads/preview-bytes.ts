import { ImagesError } from '@lightfast/core'
import type { ImageType } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { isRaster } from '../delivery/raster-type.ts'
import { findOwned } from './find-owned.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface Preview {
  readonly file: Blob
  /** Told from the bytes, never from what a browser claimed. */
  readonly type: ImageType
}

/**
 * Gives the owner a look at bytes that we keep.
 * @throws ImagesError `not_found` if there are none, or none that may be shown.
 */
export async function previewBytes(
  { store, bytes }: UploadsContext,
  principal: Principal,
  id: string,
): Promise<Preview> {
  const { kept, facts, contentType } = await findOwned(store, principal, id)
  const canShow = kept && facts === 'verified' && isRaster(contentType)
  const file = canShow ? await bytes?.open(id) : undefined
  if (file) return { file, type: contentType }
  throw new ImagesError('not_found', 'There is nothing to be shown of this upload.')
}
