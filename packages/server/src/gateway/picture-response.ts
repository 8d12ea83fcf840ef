import type { Rendition } from '../delivery/rendition-cache.ts'

/** How a browser may keep a picture. */
export interface Keeping {
  readonly etag: string
  /** 0: not at all. */
  readonly maxAgeMs: number
}

/** Whatever the bytes are taken for, nothing in them runs, and no address of them leaks. */
const guards = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
  'x-robots-tag': 'noindex',
}

/** Answers a picture whole: ranges are not asked about. */
export function answerPicture({ bytes, contentType }: Rendition, keeping: Keeping): Response {
  return new Response(bytes, {
    headers: {
      ...guards,
      ...toCaching(keeping),
      'content-type': contentType,
      'content-length': String(bytes.byteLength),
      'content-disposition': 'inline',
    },
  })
}

/** Answers that what the browser has is still right. */
export function answerUnchanged(keeping: Keeping): Response {
  return new Response(null, { status: 304, headers: { ...guards, ...toCaching(keeping) } })
}

function toCaching({ etag, maxAgeMs }: Keeping): Readonly<Record<string, string>> {
  const seconds = Math.floor(maxAgeMs / 1000)
  if (seconds <= 0) return { etag, 'cache-control': 'no-store' }
  return { etag, 'cache-control': `private, max-age=${seconds}` }
}
