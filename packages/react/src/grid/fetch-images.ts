import { createFailure, ImagesError, isFailureCode } from '@lightfast/core'
import type { FailureCode, Image, ImageList, ImageState } from '@lightfast/core'
import { parseJson } from '../parse-json.ts'

/** Which images, of those that whoever asks may see. What is left out is no condition. */
export interface ImageFilter {
  /** The named variant whose URL each ready image should carry, such as `gallery-480`. */
  readonly variant: string
  readonly kind?: string
  /** `me`, or an id. */
  readonly owner?: string
  readonly state?: ImageState
  readonly privacy?: 'private' | 'public'
  /** Milliseconds since the epoch, as is `createdBefore`. */
  readonly createdFrom?: number
  readonly createdBefore?: number
  /** How many a page has, up to 100. @default the server's: 50 */
  readonly limit?: number
}

export interface FetchImages {
  /** Where the app mounts the routes, such as `/api/images`. */
  readonly endpoint: string
  readonly query: string
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly signal: AbortSignal
}

/** Writes a filter, and where to go on, as the query of the list route. */
export function toListQuery(filter: ImageFilter, cursor?: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, cursor })) {
    if (value !== undefined) query.set(name, String(value))
  }
  return query.toString()
}

/** Asks our server for a page. @throws ImagesError, or the reason of the signal when that aborts. */
export async function fetchImages(options: FetchImages): Promise<ImageList> {
  const { endpoint, query, fetch, signal } = options
  const url = `${endpoint.replace(/\/+$/, '')}?${query}`
  const headers = { accept: 'application/json, application/problem+json' }
  try {
    const response = await fetch(url, { credentials: 'same-origin', headers, signal })
    const json = parseJson(await response.text())
    if (response.ok && isImageList(json)) return json
    throw new ImagesError(toCode(json), `The server answered ${response.status}.`)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

/** Turns whatever a call threw into a failure. */
export function toListFailure(error: unknown): ImagesError['failure'] {
  if (error instanceof ImagesError) return error.failure
  return createFailure('server_unreachable', String(error))
}

function toCode(json: unknown): FailureCode {
  const code = isRecord(json) ? json['code'] : undefined
  return typeof code === 'string' && isFailureCode(code) ? code : 'server_failed'
}

/** Asks for what a gallery reads, and no more: a schema for all of it would weigh more than the gallery. */
function isImageList(json: unknown): json is ImageList {
  if (!isRecord(json) || !Array.isArray(json['images'])) return false
  const { nextCursor } = json
  return (nextCursor === null || typeof nextCursor === 'string') && json['images'].every(isImage)
}

function isImage(json: unknown): json is Image {
  if (!isRecord(json)) return false
  const { id, filename, state, url, thumbhash, width, height, can } = json
  return (
    [id, filename, state].every((text) => typeof text === 'string') &&
    [url, thumbhash].every((text) => text === null || typeof text === 'string') &&
    [width, height].every((pixels) => pixels === null || typeof pixels === 'number') &&
    Array.isArray(can)
  )
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null
