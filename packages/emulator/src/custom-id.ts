import { refused } from './codes.ts'
import { RefusedError } from './refusal.ts'
import type { EmulatorSettings } from './settings.ts'

const MAX_ID_LENGTH = 1024
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Checks an id of the caller's own choice.
 * https://developers.cloudflare.com/images/storage/upload-images/upload-custom-path/
 */
export function checkCustomId(
  id: string,
  requireSignedURLs: boolean,
  settings: EmulatorSettings,
): void {
  const refuse = (message: string): RefusedError => refused(5411, settings, message)
  if (requireSignedURLs) throw new RefusedError(settings.privateCustomId)
  if (id === '' || id.length > MAX_ID_LENGTH)
    throw refuse('Custom ID must have 1 to 1024 characters')
  if (id.startsWith('/') || id.endsWith('/')) throw refuse('Custom ID must not start or end with /')
  if (uuid.test(id)) throw refuse('Custom ID must not be UUID')
  if (!isAddressable(id)) throw refuse('Custom ID must be fit for a URL')
  if (hasFileExtension(id, settings.refusedIdExtensions))
    throw refuse('Custom ID must not use a non-image file name extension')
}

/** A dot segment vanishes from every URL, and half a surrogate pair cannot be written in one. */
const isAddressable = (id: string): boolean =>
  !/\p{Surrogate}/u.test(id) && !id.split('/').some((part) => part === '.' || part === '..')

const hasFileExtension = (id: string, extensions: readonly string[]): boolean =>
  extensions.includes(/\.([^./]+)$/.exec(id.toLowerCase())?.[1] ?? '')
