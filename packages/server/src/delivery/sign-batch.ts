import type { SigningKeys } from './key-ring.ts'
import { toTerms } from './sign-url-terms.ts'
import type { SigningTerms } from './sign-url-terms.ts'
import { parsePrivateUrl } from './sign-url-text.ts'
import { signParts } from './sign-url.ts'

/**
 * Signs the URLs of a list, side by side. Nothing is signed if one of them cannot be.
 * @param expiresAt Milliseconds since the epoch, for all of them or for each image.
 * @throws TypeError as `signUrl` does.
 */
export async function signBatch(
  urls: readonly string[],
  expiresAt: number | ((imageId: string) => number),
  key: SigningKeys | SigningTerms,
): Promise<readonly string[]> {
  const terms = toTerms(key)
  const expiryOf = typeof expiresAt === 'function' ? expiresAt : () => expiresAt
  const all = urls.map(parsePrivateUrl)
  return Promise.all(all.map((parts) => signParts(parts, expiryOf(parts.imageId), terms)))
}
