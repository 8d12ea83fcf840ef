import { ImagesError } from '@lightfast/core'
import { toStorageFull } from '../bytes/storage-full.ts'
import { findTexts } from './read-xml.ts'

/** How MinIO, Ceph, Wasabi and others say that there is no room. AWS and R2 have no end. */
const full = /StorageFull|QuotaExceeded|InsufficientStorage|InsufficientCapacity/i

/** Makes the failure of a bucket that does not do as it should. */
export function toUnavailable(what: string, cause?: unknown): ImagesError {
  return new ImagesError('store_unavailable', `The bucket ${what}.`, { cause })
}

/**
 * Makes the failure that a refusal means. Of what the bucket says only its code is repeated: the rest may hold what was signed,
 * and with which key.
 */
export function toRefusal(operation: string, status: number, body: string): ImagesError {
  const [code = ''] = findTexts(body, 'Code').filter((text) => /^\w{1,60}$/.test(text))
  const said = `${status} ${code}`.trim()
  if (status === 507 || full.test(code)) return toStorageFull(`the bucket has no room (${said})`)
  if (code === 'NoSuchKey')
    return new ImagesError('bytes_missing', 'The bucket has no such object.')
  return new ImagesError('store_unavailable', `The bucket refused ${operation} (${said}).`, {
    status,
  })
}
