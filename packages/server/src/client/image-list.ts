import { ImagesError } from '@lightfast/core'
import * as v from 'valibot'
import { checkNumber } from '../read-config.ts'
import type { Api, CallOptions, Endpoint } from './api.ts'
import { cloudflareImage } from './cloudflare-image.ts'
import type { CloudflareImage } from './cloudflare-image.ts'

/** A condition on the metadata. All that are given must hold. */
export type MetaFilter = {
  /** Its name; the fields of an object within are reached by dots, five levels deep. */
  readonly field: string
} & (
  | { readonly op: 'eq'; readonly value: string | number | boolean }
  | { readonly op: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: number }
  | { readonly op: 'in'; readonly value: readonly string[] | readonly number[] }
)

export interface ImageListQuery {
  /** @default 'newest-first' */
  readonly order?: 'newest-first' | 'oldest-first'
  /** An empty one asks for images without any. */
  readonly creator?: string
  /** At most 5. */
  readonly meta?: readonly MetaFilter[]
  /** Images a page, 10 to 1000. @default 1000 */
  readonly perPage?: number
  /** Where to go on, as an earlier page answered it. */
  readonly continuationToken?: string
}

export interface ImagePage {
  readonly images: readonly CloudflareImage[]
  /** Null on the last page. */
  readonly continuationToken: string | null
}

const MAX_FILTERS = 5
const MAX_VALUES = 10

/** A thousand images, each with the URLs of a hundred variants. */
const MAX_PAGE_BYTES = 25_000_000

const imagePage: v.GenericSchema<unknown, ImagePage> = v.pipe(
  v.object({
    images: v.array(cloudflareImage),
    continuation_token: v.nullish(v.string(), ''),
  }),
  v.transform(({ images, continuation_token: token }) => ({
    images,
    continuationToken: token || null,
  })),
)

/** Reads one page. */
export async function listPage(
  api: Api,
  query: ImageListQuery,
  options?: CallOptions,
): Promise<ImagePage> {
  const endpoint: Endpoint<ImagePage> = {
    operation: 'images.list',
    method: 'GET',
    path: ['v2'],
    query: toSearch(query),
    repeat: 'safe',
    host: 'batch',
    maxBytes: MAX_PAGE_BYTES,
    result: imagePage,
  }
  return api.call(endpoint, options)
}

/** Reads page after page, each with retries and a deadline of its own. */
export async function* listImages(
  api: Api,
  query: ImageListQuery,
  options?: CallOptions,
): AsyncGenerator<CloudflareImage, void, undefined> {
  const seen = new Set<string | null>([query.continuationToken ?? null])
  let next: ImageListQuery = query
  for (;;) {
    const { images, continuationToken } = await listPage(api, next, options)
    yield* images
    if (continuationToken === null) return
    if (seen.has(continuationToken)) throw toCircle()
    seen.add(continuationToken)
    next = { ...query, continuationToken }
  }
}

/** To end quietly would pass a part of the images for all of them. */
function toCircle(): ImagesError {
  return new ImagesError('host_reply_invalid', 'Cloudflare’s pages of images go in a circle.')
}

function toSearch(query: ImageListQuery): URLSearchParams {
  const { order = 'newest-first', creator, meta = [], perPage = 1000, continuationToken } = query
  checkNumber('perPage', perPage, { min: 10, max: 1000, whole: true })
  checkNumber('meta.length', meta.length, { min: 0, max: MAX_FILTERS })
  const search = new URLSearchParams({ per_page: `${perPage}` })
  search.set('sort_order', order === 'newest-first' ? 'desc' : 'asc')
  if (creator !== undefined) search.set('creator', creator)
  if (continuationToken !== undefined) search.set('continuation_token', continuationToken)
  for (const filter of meta) search.append(...toFilter(filter))
  return search
}

/** Without its kind, `5` would be the number as well as the text. */
function toFilter({ field: name, op, value }: MetaFilter): [name: string, value: string] {
  if (!/^[^[\].]+(?:\.[^[\].]+){0,4}$/.test(name))
    throw new TypeError('The field of a filter needs 1 to 5 names without brackets.')
  const values = typeof value === 'object' ? value : [value]
  checkNumber('value.length', values.length, { min: 1, max: MAX_VALUES })
  if (op === 'in' && values.some((one) => `${one}`.includes('|'))) {
    throw new TypeError('A value of "in" must not have a |.')
  }
  return [`meta.${name}[${op}:${typeof values[0]}]`, values.join('|')]
}
