/** Names of other endpoints that stand where an id would: with our token they would answer secrets. */
const reserved = new Set(['batch_token', 'config', 'direct_upload', 'keys', 'stats', 'variants'])
const MAX_ID_LENGTH = 1024
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * Checks an id before it becomes part of a privileged path.
 * @throws TypeError if it is empty, too long, has a dot segment or a control character, or names another endpoint.
 */
export function checkImageId(id: string): string {
  const segments = id.split('/')
  for (const segment of segments) toSegment(segment)
  if (id.length > MAX_ID_LENGTH || reserved.has(segments[0]?.toLowerCase() ?? '')) {
    throw new TypeError('An id must not be too long, nor the name of another endpoint.')
  }
  return id
}

/**
 * Checks an id of the app's own choice.
 * @throws TypeError if it cannot be one.
 * @see https://developers.cloudflare.com/images/storage/upload-images/upload-custom-path/
 */
export function checkCustomId(id: string): string {
  if (uuid.test(id)) throw new TypeError('An id of your own must not be a UUID.')
  return checkImageId(id)
}

/**
 * Encodes one segment of a privileged path.
 * @throws TypeError if it is empty or a dot segment, which would be resolved away and reach another endpoint, or if it
 * holds a control character or half a surrogate pair.
 */
export function toSegment(segment: string): string {
  if (/^\.{0,2}$|[\p{Cc}\p{Cs}]/u.test(segment)) {
    throw new TypeError('An id must not have empty or dot segments, nor control characters.')
  }
  return encodeURIComponent(segment)
}
