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
}
