import { buildImageUrl, parseImageUrl } from './image-url.ts'
import type { FlexibleUrl, ImageUrl, NamedUrl } from './image-url.ts'
import { mergeTransforms } from './transform.ts'
import type { Changes, Transform } from './transform.ts'

/** What takes the place of what a URL says. */
export type UrlChange =
  /** A named variant, in place of another or of options. Hosted images only. */
  | { readonly variant: string }
  /** Options, in place of others or of a variant. */
  | { readonly transform: Transform }
  /** Options that are added, changed, or taken away by `undefined`. */
  | { readonly merge: Changes }
  /** The other host, or another one, such as `{ host: 'zone', origin: 'https://shop.example' }`. Hosted images only. */
  | Pick<NamedUrl, 'host' | 'origin'>

/**
 * Rewrites a URL of any shape: what it shows is replaced, never appended. A signature is left out, since it would not hold.
 * @throws TypeError if the URL is none, or has no place for the change.
 */
export function rewriteImageUrl(url: string, ...changes: readonly UrlChange[]): string {
  return buildImageUrl(changes.reduce(change, parseImageUrl(url)))
}

function change(url: ImageUrl, wish: UrlChange): ImageUrl {
  if ('transform' in wish) return withTransform(url, wish.transform)
  if ('merge' in wish) {
    const before = url.shape === 'named' ? {} : url.transform
    return withTransform(url, mergeTransforms(before, wish.merge))
  }
  if (url.shape === 'remote') {
    throw new TypeError(
      'A /cdn-cgi/image URL has no variant and no other host: only its options change.',
    )
  }
  if ('variant' in wish) return withVariant(url, wish.variant)
  return { ...url, host: wish.host, origin: wish.origin }
}

function withVariant(url: NamedUrl | FlexibleUrl, variant: string): NamedUrl {
  const { host, origin, accountHash, imageId } = url
  return { shape: 'named', host, origin, accountHash, imageId, variant }
}

function withTransform(url: ImageUrl, transform: Transform): ImageUrl {
  if (url.shape === 'remote') return { ...url, transform }
  const { host, origin, accountHash, imageId } = url
  return { shape: 'flexible', host, origin, accountHash, imageId, transform }
}
