import type { Original } from '../images/open-original.ts'

/** A file that somebody sent us is shown as the picture that it is, and never as a page of ours. */
export const fileHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
}

/** An original is for keeping: browsers save it, whatever it is. */
export function toOriginalHeaders({ type, filename }: Omit<Original, 'file'>) {
  const disposition = `attachment; filename*=UTF-8''${encodeRfc8187(filename)}`
  return { ...fileHeaders, 'content-type': type, 'content-disposition': disposition }
}

/** @see https://www.rfc-editor.org/rfc/rfc8187#section-3.2.1 */
function encodeRfc8187(text: string): string {
  // Half a character cannot be encoded.
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD')).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
