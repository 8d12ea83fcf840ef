/** How often Cloudflare is asked on behalf of one principal. */
export interface LookLimit {
  /** Counts looks that are one question, and answers whether it may be asked. */
  readonly mayLook: (principalId: string, looks?: number) => boolean
}

/** Looks are counted by the minute. */
export const LOOKS_MS = 60_000

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
    mayLook(principalId, looks = 1) {
      if (Math.abs(now() - since) >= LOOKS_MS || counts.size > MAX_PRINCIPALS) {
        counts = new Map()
        since = now()
      }
      const before = counts.get(principalId) ?? 0
      counts.set(principalId, before + looks)
      return before < perMinute
    },
  }
}
