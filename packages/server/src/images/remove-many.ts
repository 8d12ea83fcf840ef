import { ImagesError } from '@lightfast/core'
import type { BulkReply, BulkRequest, BulkResult } from '@lightfast/core'
import pLimit from 'p-limit'
import type { Principal } from '../access/principal.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { removeImage } from './remove-image.ts'

const AT_ONCE = 4

/** Deletes many images, each by itself: what cannot be deleted keeps nothing else from it. An id that comes twice is done once. */
export async function removeMany(
  context: UploadsContext,
  principal: Principal,
  { ids, mode = 'unless-used' }: BulkRequest,
): Promise<BulkReply> {
  const limit = pLimit(AT_ONCE)
  const unique = [...new Set(ids)]
  const results = await Promise.all(
    unique.map((id) => limit(() => removeOne(context, principal, { id, mode }))),
  )
  return { results }
}

async function removeOne(
  context: UploadsContext,
  principal: Principal,
  { id, mode }: { readonly id: string; readonly mode: 'unless-used' | 'force' },
): Promise<BulkResult> {
  try {
    await removeImage(context, principal, { id, mode })
    return { id, status: 'done' }
  } catch (error) {
    if (error instanceof ImagesError) return { id, status: 'failed', code: error.code }
    throw error
  }
}
