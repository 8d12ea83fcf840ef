/** How often Cloudflare is asked on behalf of one principal. */
export interface LookLimit {
  /** Counts a look, and answers whether it may be. */
  readonly mayLook: (principalId: string) => boolean
}

const WINDOW_MS = 60_000

/** More principals than that within a minute are not told apart for long. */
const MAX_PRINCIPALS = 10_000

/**
 * Limits looks in this process. All of them draw on one limit of the account, so nobody may use it up for everybody: beyond the limit
 * a status is answered from the record, and a job looks later.
 */
export function createLookLimit(perMinute: number, now: () => number): LookLimit {
  let counts = new Map<string, number>()
  let since = now()
  return {
    mayLook(principalId) {
      if (Math.abs(now() - since) >= WINDOW_MS || counts.size > MAX_PRINCIPALS) {
        counts = new Map()
        since = now()
      }
      const looks = (counts.get(principalId) ?? 0) + 1
      counts.set(principalId, looks)
      return looks <= perMinute
    },
  }
}
