import type { ListedImage } from '../store.ts'

/** Says which page of a list is wanted. */
export interface PageWish {
  readonly direction: 'asc' | 'desc'
  readonly count: number
  /** Empty for the first page. */
  readonly token: string
}

/** A page and where to go on; `null` on the last one. */
export interface ListPage {
  readonly images: readonly ListedImage[]
  readonly next: string | null
}

/**
 * Cuts a page by the time of upload. A token remembers a place between two images and not a number of
 * them, so images that come or go meanwhile are neither shown twice nor hide another. `undefined` means
 * that the token is none of ours, or of a list in the other direction.
 */
export function cutPage(
  found: readonly ListedImage[],
  { direction, count, token }: PageWish,
): ListPage | undefined {
  const sign = direction === 'asc' ? 1 : -1
  const place = token === '' ? undefined : parseToken(token, direction)
  if (token !== '' && !place) return undefined
  const ordered = found
    .filter((image) => !place || sign * compare(placeOf(image), place) > 0)
    .toSorted((a, b) => sign * compare(placeOf(a), placeOf(b)))
  const images = ordered.slice(0, count)
  const last = images.at(-1)
  const isLast = images.length === ordered.length || !last
  return { images, next: isLast ? null : toToken(placeOf(last), direction) }
}

type Place = readonly [createdAt: number, order: number]

const placeOf = ({ facts, order }: ListedImage): Place => [facts.createdAt, order]

const compare = (a: Place, b: Place): number => a[0] - b[0] || a[1] - b[1]

const toToken = (place: Place, direction: string): string =>
  btoa([direction, ...place].join(' ')).replaceAll('=', '')

function parseToken(token: string, direction: string): Place | undefined {
  const [, given, createdAt, order] = /^(asc|desc) (-?\d+) (\d+)$/.exec(decode(token)) ?? []
  return given === direction ? [Number(createdAt), Number(order)] : undefined
}

function decode(token: string): string {
  try {
    return atob(token)
  } catch {
    return ''
  }
}
