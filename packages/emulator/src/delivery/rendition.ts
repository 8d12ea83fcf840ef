import { digestOf } from './digest.ts'
import type { DeliveredType } from '../pixels.ts'

/** A picture ready to be sent. */
export interface Rendition {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly etag: string
  /** What its headers are every time it is sent. */
  readonly headers: Readonly<Record<string, string>>
}

/** Disarms what a drawing may hold when it is opened as a page. */
const svgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Creates a rendition; its ETag is made of its bytes, once. */
export async function createRendition(
  bytes: Uint8Array<ArrayBuffer>,
  type: DeliveredType | 'application/json',
): Promise<Rendition> {
  return {
    bytes,
    etag: `"${(await digestOf(bytes)).slice(0, 32)}"`,
    headers: {
      'Content-Type': type,
      'Content-Length': String(bytes.length),
      'X-Content-Type-Options': 'nosniff',
      'Cf-Resized': 'internal=ok/m',
      ...(type === 'image/svg+xml' && { 'Content-Security-Policy': svgPolicy }),
    },
  }
}

/** Makes a body of bytes that are kept: a `Response` would copy them for every request. */
export const toBody = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
