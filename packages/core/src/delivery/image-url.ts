import { parseOptionList, toOptionList } from './option-list.ts'
import type { Transform } from './transform.ts'
import { splitUrl, toName } from './url-path.ts'
import {
  buildHostedPath,
  DELIVERY_ORIGIN,
  isVariantName,
  splitHostedUrl,
  ZONE_PREFIX,
} from './url.ts'

/** A URL of which Cloudflare makes a picture, taken apart. */
export type ImageUrl = NamedUrl | FlexibleUrl | RemoteUrl

interface HostedUrl {
  /** `imagedelivery`: the delivery host. `zone`: below `/cdn-cgi/imagedelivery` of a zone of one's own. */
  readonly host: 'imagedelivery' | 'zone'
  /** Such as `https://imagedelivery.net`. */
  readonly origin: string
  readonly accountHash: string
  /** Cloudflare's id. A custom one may hold slashes. */
  readonly imageId: string
}

/** A hosted image as a named variant shows it. Only these can be signed. */
export interface NamedUrl extends HostedUrl {
  readonly shape: 'named'
  readonly variant: string
}

/** A hosted image by a list of options, which an account must have switched on. Never for private images. */
export interface FlexibleUrl extends HostedUrl {
  readonly shape: 'flexible'
  readonly transform: Transform
}

/** A picture from anywhere, transformed by a zone: `/cdn-cgi/image/<options>/<source>`. */
export interface RemoteUrl {
  readonly shape: 'remote'
  /** The zone that transforms it. */
  readonly origin: string
  readonly transform: Transform
  /** A path on the zone, such as `/photos/1.jpg`, or an absolute URL of http or https. */
  readonly source: string
}

/**
 * Builds a URL of any shape. It holds no signature.
 * @throws TypeError naming the part that is wrong.
 */
export function buildImageUrl(url: ImageUrl): string {
  const origin = toOrigin(url.origin)
  if (url.shape === 'remote') {
    const options = toOptionList(url.transform, 'remote-url')
    return `${origin}${REMOTE_PREFIX}${options}/${toSource(url.source)}`
  }
  const { host, accountHash, imageId } = url
  const place = host === 'zone' ? origin + ZONE_PREFIX : origin
  return buildHostedPath({ origin: place, accountHash, imageId, last: toLast(url) })
}

/**
 * Takes a URL apart. Whatever host it names is taken for a delivery host. The query of a hosted image, and with it any
 * signature, is left out; that of a remote picture belongs to its source.
 * @throws TypeError naming what is wrong.
 */
export function parseImageUrl(url: string): ImageUrl {
  return isRemote(url) ? parseRemote(url) : parseHosted(url)
}

/** Tells what a URL is, or null if Cloudflare would make no picture of it. Never throws. */
export function recogniseDeliveryUrl(
  url: string,
  /** Where pictures are delivered, for an emulator or a proxy. */
  { deliveryOrigin = DELIVERY_ORIGIN }: { readonly deliveryOrigin?: string } = {},
): ImageUrl | null {
  try {
    const found = parseImageUrl(url)
    const isElsewhere = found.shape !== 'remote' && found.host === 'imagedelivery'
    return isElsewhere && found.origin !== deliveryOrigin ? null : found
  } catch {
    return null
  }
}

const REMOTE_PREFIX = '/cdn-cgi/image/'

/** Only the path is looked at: the source of another URL may look like one itself. */
function isRemote(url: string): boolean {
  return /^https?:\/\/[^/?]+\/cdn-cgi\/image\//i.test(url)
}

function parseHosted(url: string): ImageUrl {
  const { origin, accountHash, imageId, last } = splitHostedUrl(url)
  const isOnZone = origin.endsWith(ZONE_PREFIX)
  const place = {
    host: isOnZone ? 'zone' : 'imagedelivery',
    origin: isOnZone ? origin.slice(0, -ZONE_PREFIX.length) : origin,
    accountHash,
    imageId,
  } as const
  if (isVariantName(last)) return { shape: 'named', ...place, variant: last }
  return { shape: 'flexible', ...place, transform: parseOptionList(last, 'flexible-variant') }
}

function parseRemote(url: string): RemoteUrl {
  const { origin, segments, search } = splitUrl(url)
  const [, , options = '', ...rest] = segments
  const transform = parseOptionList(options, 'remote-url')
  const source = rest.join('/') + search
  const isAbsolute = /^https?:\//i.test(source)
  return {
    shape: 'remote',
    origin,
    transform,
    source: (isAbsolute ? '' : '/') + toSource(isAbsolute ? source : `/${source}`),
  }
}

function toOrigin(text: string): string {
  const { origin, segments, search } = splitUrl(text)
  if (segments.join() === '' && search === '') return origin
  throw new TypeError('An origin is a scheme and a host, such as https://imagedelivery.net.')
}

function toLast(url: NamedUrl | FlexibleUrl): string {
  if (url.shape === 'flexible') return toOptionList(url.transform, 'flexible-variant')
  if (isVariantName(url.variant)) return url.variant
  throw new TypeError(
    `"${url.variant}" is not the name of a variant: use letters, digits, - and _.`,
  )
}

/** The form of a source within a URL: a path loses its first slash. */
function toSource(source: string): string {
  const isPath = source.startsWith('/')
  const { segments, search } = splitUrl(isPath ? `http://zone${source}` : source)
  segments.forEach(toName)
  if (segments[0] === 'cdn-cgi') {
    throw new TypeError(
      'A source cannot be of /cdn-cgi: what was transformed is not transformed again.',
    )
  }
  return isPath ? segments.join('/') + search : source
}
