const DEFAULT_SECONDS = 172_800
const PRIVATE_SECONDS = 3600

/** Says who may keep a picture: anybody for a while, or the viewer alone until the URL expires. */
export type CacheScope =
  | { readonly scope: 'public'; readonly seconds: number }
  | { readonly scope: 'private'; readonly expiresAt: number }

/** Tells how long a public picture is kept: the variant's time, else the account's, else two days. */
export const publicScope = (...seconds: readonly (number | null | undefined)[]): CacheScope => ({
  scope: 'public',
  seconds: seconds.find((set) => set !== null && set !== undefined) ?? DEFAULT_SECONDS,
})

/**
 * Words the `Cache-Control` header; a private picture is kept an hour at most, whatever the account says.
 * https://developers.cloudflare.com/images/optimization/hosted-images/browser-ttl/
 */
export function cacheControl(cache: CacheScope, now: number): string {
  if (cache.scope === 'public')
    return `public, max-age=${cache.seconds}, stale-while-revalidate=7200`
  const left = Math.floor((cache.expiresAt - now) / 1000)
  return `private, max-age=${Math.max(0, Math.min(PRIVATE_SECONDS, left))}`
}
