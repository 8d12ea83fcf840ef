const PUBLIC_SECONDS = 172_800
const PRIVATE_SECONDS = 3600

/** Says who may keep a picture: two days for anybody, or the viewer alone until the URL expires. */
export type CacheScope =
  | { readonly scope: 'public' }
  | { readonly scope: 'private'; readonly expiresAt: number }

/**
 * Words the `Cache-Control` header; a private picture is kept an hour at most.
 * https://developers.cloudflare.com/images/optimization/hosted-images/browser-ttl/
 */
export function cacheControl(cache: CacheScope, now: number): string {
  if (cache.scope === 'public')
    return `public, max-age=${PUBLIC_SECONDS}, stale-while-revalidate=7200`
  const left = Math.floor((cache.expiresAt - now) / 1000)
  return `private, max-age=${Math.max(0, Math.min(PRIVATE_SECONDS, left))}`
}
