import { ImagesError, sniff } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { LOOKS_MS } from '../uploads/look-limit.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findAllowed } from './find-allowed.ts'

export interface Original {
  readonly file: Blob
  /** Told from the bytes; `application/octet-stream` if they are of no type that we know. */
  readonly type: string
  readonly filename: string
}

/**
 * Downloads the file as it was uploaded. It takes one of the account's 1,200 calls in five minutes, so it is for a person who wants
 * the file, and not for pages.
 * @throws ImagesError `upload_conflict` while the image is not ready.
 */
export async function openOriginal(
  context: UploadsContext,
  principal: Principal,
  id: string,
): Promise<Original> {
  const { record } = await findAllowed(context, principal, { id, action: 'viewOriginal' })
  const { state, cloudflareId, filename } = record
  if (state !== 'ready' || cloudflareId === null) {
    throw new ImagesError('upload_conflict', 'This image is not ready yet.')
  }
  if (!context.mayLook(principal.id)) {
    throw new ImagesError('upload_limit_reached', 'You have asked too often of late.', {
      retryAfterMs: LOOKS_MS,
    })
  }
  const file = await context.client.images.blob(cloudflareId)
  return { file, filename, type: await readType(file) }
}

async function readType(file: Blob): Promise<string> {
  const sniffed = sniff(new Uint8Array(await file.arrayBuffer()))
  return sniffed.status === 'image' ? sniffed.type : 'application/octet-stream'
}
