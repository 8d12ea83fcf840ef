/** How many calls a caller has. */
export interface Quota {
  readonly requests: number
  readonly windowMs: number
  /** How long all calls are refused once there were too many; absent: until the window ends. */
  readonly blockMs?: number
}

/** What a caller is told. */
export interface Verdict {
  readonly admitted: boolean
  /** Calls that are left. */
  readonly remaining: number
  /** When all calls are there again, from now. */
  readonly resetMs: number
}

/** Counts the calls of each caller by its name. */
export interface Limiter {
  readonly take: (caller: string) => Verdict
}

/** Where a caller stands; times are milliseconds since the epoch. */
export type Standing =
  | { readonly status: 'counting'; readonly since: number; readonly used: number }
  | { readonly status: 'blocked'; readonly since: number; readonly until: number }

/** Creates a limiter in memory. */
export function createLimiter(quota: Quota, now: () => number): Limiter {
  const standings = new Map<string, Standing>()
  return {
    take(caller) {
      const standing = count(standings.get(caller), now(), quota)
      standings.set(caller, standing)
      return toVerdict(standing, now(), quota)
    },
  }
}

/** Adds a call. A clock that was set back, or past the end, begins anew. */
export function count(standing: Standing | undefined, now: number, quota: Quota): Standing {
  const isOver = !standing || now < standing.since || now >= endOf(standing, quota)
  if (isOver) return block({ status: 'counting', since: now, used: 1 }, now, quota)
  if (standing.status === 'blocked') return standing
  return block({ ...standing, used: standing.used + 1 }, now, quota)
}

function block(
  standing: Extract<Standing, { status: 'counting' }>,
  now: number,
  quota: Quota,
): Standing {
  if (standing.used <= quota.requests) return standing
  const { blockMs } = quota
  const until = blockMs === undefined ? endOf(standing, quota) : now + blockMs
  return { status: 'blocked', since: now, until }
}

const endOf = (standing: Standing, { windowMs }: Quota): number =>
  standing.status === 'blocked' ? standing.until : standing.since + windowMs

function toVerdict(standing: Standing, now: number, quota: Quota): Verdict {
  const resetMs = endOf(standing, quota) - now
  if (standing.status === 'blocked') return { admitted: false, remaining: 0, resetMs }
  return { admitted: true, remaining: quota.requests - standing.used, resetMs }
}
