import { ImagesError, sniff } from '@lightfast/core'
import { readStream } from '../client/read-stream.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { RasterType, SourcePicture } from './renderer.ts'

/** Bytes as they came. What else their host said of them is not asked. */
export interface SourceReply {
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

/** Gets the picture that renditions of a ready image are drawn from. */
export type PictureSource = (record: ImageRecord, signal: AbortSignal) => Promise<SourceReply>

const rasterTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
] satisfies readonly RasterType[]

/**
 * Gets the picture of a record and looks at its bytes.
 * @throws ImagesError `file_type_unsupported` if it is no picture of pixels, `file_damaged` if it breaks off,
 * `host_reply_invalid` if it is too large or no picture at all.
 */
export async function openSource(
  source: PictureSource,
  record: ImageRecord,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<SourcePicture> {
  const { body } = await source(record, signal)
  const bytes = body instanceof Uint8Array ? body : await readBody(body, maxBytes, signal)
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

/** Asks whether a type is one of pixels that anybody can decode. */
export function isRaster(type: string): type is RasterType {
  return rasterTypes.includes(type)
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const toError = () => toTooLarge(maxBytes)
  const chunks = await readStream(body, { maxBytes, signal, toTooLarge: toError })
  const bytes = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
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
