/** A delivery path taken apart. */
export interface DeliveryPath {
  readonly hash: string
  readonly id: string
  /** Name of a variant, or a list of options. */
  readonly variant: string
  /** The same as it stands in the path: within a value of an option a comma is encoded. */
  readonly encodedVariant: string
}

/** Precedes the delivery path on a zone of one's own. */
export const customDomainPrefix = '/cdn-cgi/imagedelivery'

/**
 * Parses `/<hash>/<id>/<variant>`; an id may hold slashes, so the last segment is the variant.
 * https://developers.cloudflare.com/images/optimization/hosted-images/serve-from-custom-domains/
 */
export function parseDeliveryPath(pathname: string): DeliveryPath | undefined {
  const plainPath = pathname.startsWith(`${customDomainPrefix}/`)
    ? pathname.slice(customDomainPrefix.length)
    : pathname
  const [, hash = '', ...rest] = plainPath.split('/')
  const encodedVariant = rest.pop() ?? ''
  const variant = decode(encodedVariant)
  const id = decode(rest.join('/'))
  return hash && id && variant ? { hash, id, variant, encodedVariant } : undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
