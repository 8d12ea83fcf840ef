/** What a delivery URL of a named variant says. The account hash is public; it is in every URL. */
export interface DeliveryUrlParts {
  readonly accountHash: string
  /** Cloudflare's id. A custom one may hold slashes. */
  readonly imageId: string
  /** The name of a variant of the account, such as `public`. */
  readonly variant: string
  /** Where pictures are delivered. @default 'https://imagedelivery.net' */
  readonly origin?: string
}

export const DELIVERY_ORIGIN = 'https://imagedelivery.net'

/**
 * Builds `<origin>/<account hash>/<image id>/<variant>`.
 * A `%` in an id is sent as `%25`, and slashes stay.
 * @throws TypeError if a part is empty, has a dot segment, or is not the name of a variant.
 * @see https://developers.cloudflare.com/images/storage/upload-images/upload-custom-path/
 */
export function buildDeliveryUrl(parts: DeliveryUrlParts): string {
  const { accountHash, imageId, variant, origin = DELIVERY_ORIGIN } = parts
  if (!isVariantName(variant)) {
    throw new TypeError(`"${variant}" is not the name of a variant: use letters, digits, - and _.`)
  }
  const path = [accountHash, ...imageId.split('/'), variant].map(toSegment).join('/')
  return `${origin}/${path}`
}

/**
 * Parses a delivery URL of a named variant: the first segment is the account hash, the last one the
 * variant, and all between them the id. The query, and with it any signature, is left out.
 * @throws TypeError if the URL has another form, or if its last segment is a list of options.
 */
export function parseDeliveryUrl(url: string): Required<DeliveryUrlParts> {
  const { origin, pathname } = new URL(url)
  const [accountHash, ...rest] = pathname.slice(1).split('/').map(toName)
  const variant = rest.at(-1)
  const imageId = rest.slice(0, -1).join('/')
  if (!accountHash || !imageId || !variant || !isVariantName(variant)) {
    throw new TypeError('This is not the delivery URL of a named variant: <hash>/<id>/<variant>.')
  }
  return { origin, accountHash, imageId, variant }
}

function toName(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (cause) {
    throw new TypeError('The path of this URL is not percent-encoded as UTF-8.', { cause })
  }
}

/** Flexible variants are comma lists of `key=value`; the name of a variant has neither sign. */
function isVariantName(name: string): boolean {
  return /^[\w-]{1,99}$/.test(name)
}

function toSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new TypeError('A delivery URL cannot hold an empty segment or a dot segment.')
  }
  return encodeURIComponent(segment)
}
