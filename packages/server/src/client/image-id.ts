/** Names of other endpoints that stand where an id would: with our token they would answer secrets. */
const reserved = new Set(['batch_token', 'config', 'direct_upload', 'keys', 'stats', 'variants'])
const MAX_ID_LENGTH = 1024

/**
 * Checks an id before it becomes part of a privileged path.
 * @throws TypeError if it is empty, too long, has a dot segment or names another endpoint.
 */
export function checkImageId(id: string): string {
  const segments = id.split('/')
  const strange = segments.some((segment) => segment === '' || segment === '.' || segment === '..')
  if (strange || id.length > MAX_ID_LENGTH || reserved.has(segments[0] ?? '')) {
    throw new TypeError('This is not the id of an image: use the one that Cloudflare answered.')
  }
  return id
}
