import { splitUrl, toName, toSegment } from './url-path.ts'

/** What a delivery URL of a named variant says. The account hash is public; it is in every URL. */
export interface DeliveryUrlParts {
  readonly accountHash: string
  /** Cloudflare's id. A custom one may hold slashes. */
  readonly imageId: string
  /** The name of a variant of the account, such as `public`. */
  readonly variant: string
  /**
   * Where pictures are delivered; on a zone of one's own with `/cdn-cgi/imagedelivery`.
   * @default 'https://imagedelivery.net'
   */
  readonly origin?: string
}

/** What stands in front of the last segment. */
export interface HostedPath {
  readonly origin: string
  readonly accountHash: string
  readonly imageId: string
  /** The last segment, still encoded: the name of a variant, or a list of options. */
  readonly last: string
  readonly search: string
}

export const DELIVERY_ORIGIN = 'https://imagedelivery.net'

/** Precedes the path on a zone of one's own. Not to be confused with `/cdn-cgi/image`, which transforms other pictures. */
export const ZONE_PREFIX = '/cdn-cgi/imagedelivery'

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
  return buildHostedPath({ origin, accountHash, imageId, last: variant })
}

/**
 * Parses a delivery URL of a named variant: the first segment is the account hash, the last one the
 * variant, and all between them the id. The query, and with it any signature, is left out.
 * @throws TypeError if the URL has another form, or if its last segment is a list of options.
 */
export function parseDeliveryUrl(url: string): Required<DeliveryUrlParts> {
  const { last: variant, search: _, ...parts } = splitHostedUrl(url)
  if (isVariantName(variant)) return { ...parts, variant }
  throw new TypeError('This is not the delivery URL of a named variant: <hash>/<id>/<variant>.')
}

/** Asks whether a last segment is a name. Flexible variants are comma lists of `key=value`; a name has neither sign. */
export function isVariantName(name: string): boolean {
  return /^[\w-]{1,99}$/.test(name)
}

/** Joins an origin, hash, id and last segment. */
export function buildHostedPath(parts: Omit<HostedPath, 'search'>): string {
  const { origin, accountHash, imageId, last } = parts
  const id = imageId.split('/').map(toSegment).join('/')
  return `${origin}/${checkHash(accountHash)}/${id}/${last}`
}

/** Splits a URL of a hosted image. @throws TypeError naming what is wrong. */
export function splitHostedUrl(url: string): HostedPath {
  const { origin, segments, search } = splitUrl(url)
  checkQuery(search)
  const isOnZone = `/${segments.slice(0, 2).join('/')}` === ZONE_PREFIX
  const [hash = '', ...rest] = isOnZone ? segments.slice(2) : segments
  const last = rest.pop() ?? ''
  if (rest.length === 0) {
    throw new TypeError('This is no delivery URL: <hash>/<id>/<variant or options>.')
  }
  // Judged here, and decoded by whoever knows what it is.
  toName(last)
  const imageId = rest.map(toName).join('/')
  return {
    origin: isOnZone ? origin + ZONE_PREFIX : origin,
    accountHash: checkHash(hash),
    imageId,
    last,
    search,
  }
}

function checkHash(hash: string): string {
  if (hash === 'cdn-cgi') {
    throw new TypeError('Of /cdn-cgi, only imagedelivery delivers images of the account.')
  }
  if (/^[\w-]+$/.test(hash)) return hash
  throw new TypeError('An account hash has letters, digits, - and _.')
}

function checkQuery(search: string): void {
  const names = [...new URLSearchParams(search).keys()]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new TypeError('A delivery URL cannot hold a parameter twice.')
}
