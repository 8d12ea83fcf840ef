import { ImagesError, sniff } from '@lightfast/core'
import type { FetchPicture } from '../delivery/fetch-picture.ts'
import { isRaster } from '../delivery/raster-type.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { SourcePicture } from './renderer.ts'

/**
 * Gets the picture of a record and looks at its bytes.
 * @throws ImagesError `file_type_unsupported` if it is no picture of pixels, `file_damaged` if it breaks off,
 * `host_reply_invalid` if it is too large or no picture at all.
 */
export async function openSource(
  source: FetchPicture,
  record: ImageRecord,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<SourcePicture> {
  const { bytes } = await source(record, signal)
  if (bytes.byteLength > maxBytes) throw toTooLarge(maxBytes)
  const found = sniff(bytes)
  if (found.status === 'unknown') {
    throw new ImagesError('host_reply_invalid', 'What the image host delivered is no picture.')
  }
  if (!isRaster(found.type)) throw toUnsupported(found.type)
  if (found.status === 'damaged' || found.width === null || found.height === null) {
    throw new ImagesError('file_damaged', 'The picture that the image host delivered breaks off.')
  }
  const { type, width, height, frames } = found
  return { bytes, type, width, height, frames }
}

function toTooLarge(maxBytes: number): ImagesError {
  return new ImagesError(
    'host_reply_invalid',
    `The image host delivered more than ${maxBytes} bytes. Keep a smaller variant for the gateway, or raise maxSourceBytes.`,
  )
}

function toUnsupported(type: string): ImagesError {
  return new ImagesError(
    'file_type_unsupported',
    `No renditions are drawn from ${type}: use a picture of pixels, such as PNG.`,
  )
}
