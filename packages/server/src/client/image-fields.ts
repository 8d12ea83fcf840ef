import { checkNumber } from '../read-config.ts'
import type { Metadata } from './cloudflare-image.ts'
import { checkCustomId } from './image-id.ts'

/** What can be said of a new image. */
export type ImageFields = PrivacyFields & {
  readonly metadata?: Metadata
  /** Who made it, at most 1024 characters. Lists can ask for it. */
  readonly creator?: string
}

/** Private images are delivered by signed URLs only, and cannot have an id of the app's own choice. */
type PrivacyFields =
  | { readonly privacy: 'private'; readonly id?: never }
  | { readonly privacy: 'public'; readonly id?: string }

const MAX_METADATA_BYTES = 1024
const MAX_CREATOR_LENGTH = 1024

/**
 * Checks what is said of a new image, and makes its form. `metadata` is one JSON string: the form fields
 * `metadata[key]` of some clients are not documented.
 * @throws TypeError or RangeError that names the field.
 */
export function toImageForm({ privacy, id, metadata, creator }: ImageFields): FormData {
  const form = new FormData()
  form.set('requireSignedURLs', String(isPrivate(privacy)))
  if (id !== undefined) form.set('id', checkOwnId(id, privacy))
  if (metadata) form.set('metadata', toMetadataJson(metadata))
  if (creator !== undefined) form.set('creator', checkCreator(creator))
  return form
}

/** Reads a privacy. @throws TypeError if it is neither: a slip of the pen must not show a picture to everybody. */
export function isPrivate(privacy: string): boolean {
  if (privacy !== 'private' && privacy !== 'public')
    throw new TypeError('privacy must be private or public.')
  return privacy === 'private'
}

/** Writes metadata as JSON. @throws RangeError if it is longer than Cloudflare keeps. */
export function toMetadataJson(metadata: Metadata): string {
  const json = JSON.stringify(metadata)
  const { length } = new TextEncoder().encode(json)
  checkNumber('metadata: its bytes as JSON', length, { min: 0, max: MAX_METADATA_BYTES })
  return json
}

/** Checks a creator. @throws RangeError if it is longer than Cloudflare keeps. */
export function checkCreator(creator: string): string {
  checkNumber('creator.length', creator.length, { min: 0, max: MAX_CREATOR_LENGTH })
  return creator
}

function checkOwnId(id: string, privacy: 'private' | 'public'): string {
  if (privacy === 'public') return checkCustomId(id)
  throw new TypeError('A private image must not have an id of your own.')
}
