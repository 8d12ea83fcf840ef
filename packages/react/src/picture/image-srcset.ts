import { buildDeliveryUrl, parseDeliveryUrl, toSrcset } from '@lightfast/core'
import type { Candidate } from '@lightfast/core'

/**
 * Writes the `srcset` of a public image: the same picture by each variant of a preset. Undefined for a URL that has a signature, since
 * that covers its variant too, and for one that is no delivery URL. Signed ones come from the server: see `refreshFrom`.
 */
export function imageSrcset(url: string, variants: readonly Candidate[]): string | undefined {
  if (url.includes('?')) return undefined
  try {
    const parts = parseDeliveryUrl(url)
    return toSrcset(variants, (variant) => buildDeliveryUrl({ ...parts, variant }))
  } catch {
    return undefined
  }
}
