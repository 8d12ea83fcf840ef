import { hasUnchanged } from '../delivery/has-unchanged.ts'
import type { Picture } from './picture.ts'

/** How long a browser keeps what is fresh. A right that is taken back is seen by then. */
const FRESH_SECONDS = 60
/** The same for all else, so that what is better is seen soon. */
const DEGRADED_SECONDS = 10

/** Answers a GET or a HEAD with a picture, and tells how good it is. Nothing in it can run. */
export async function toPictureResponse(picture: Picture, request: Request): Promise<Response> {
  const { bytes, contentType } = picture
  const etag = await toEtag(bytes)
  const headers = toHeaders(picture, etag)
  if (hasUnchanged(request, etag)) return new Response(null, { status: 304, headers })
  headers.set('Content-Type', contentType)
  headers.set('Content-Length', String(bytes.byteLength))
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

function toHeaders({ tier, ageMs, reason }: Picture, etag: string): Headers {
  const seconds = tier === 'fresh' ? FRESH_SECONDS : DEGRADED_SECONDS
  return new Headers({
    'Cache-Control': `private, max-age=${seconds}`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ETag: etag,
    'Lightfast-Tier': tier,
    ...(ageMs !== null && { 'Lightfast-Age': String(Math.floor(ageMs / 1000)) }),
    ...(reason && { 'Lightfast-Reason': reason }),
    Vary: 'Cookie, Authorization',
    'X-Content-Type-Options': 'nosniff',
  })
}

async function toEtag(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}
