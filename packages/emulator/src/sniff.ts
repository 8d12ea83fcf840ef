import type { ImageType } from './pixels.ts'

/** Tells a file's type from its first bytes; `undefined` is none of the five the upload host takes. */
export function sniff(bytes: Uint8Array): ImageType | undefined {
  const known = magic.find(({ test }) => test.test(latin(bytes.subarray(0, 16))))
  if (known) return known.type
  return isSvg(bytes) ? 'image/svg+xml' : undefined
}

const magic: readonly { readonly type: ImageType; readonly test: RegExp }[] = [
  { type: 'image/jpeg', test: /^\xff\xd8\xff/ },
  { type: 'image/png', test: /^\x89PNG\r\n/ },
  { type: 'image/gif', test: /^GIF8[79]a/ },
  { type: 'image/webp', test: /^RIFF[^]{4}WEBP/ },
]

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** A comment ends at the first `-->`: were it free to go on, a row of them could be read in a million ways. */
const root = /^(?:\s|<\?xml[^>]*>|<!--(?:(?!-->)[^])*-->|<!doctype[^>]*>)*<svg[\s/>]/i

function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 2048))
  return root.test(start)
}
