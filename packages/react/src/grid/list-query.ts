import type { ImageState } from '@lightfast/core'

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

/** Writes a filter, and where to go on, as the query of the list route. */
export function toListQuery(filter: ImageFilter, cursor?: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, cursor })) {
    if (value !== undefined) query.set(name, String(value))
  }
  return query.toString()
}
