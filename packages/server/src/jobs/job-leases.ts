import type { Surroundings } from '../surroundings.ts'
import type { Job, JobStore } from './job-store.ts'

export interface JobLeasesOptions {
  readonly store: JobStore
  readonly owner: string
  readonly leaseMs: number
  readonly surroundings: Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>
}

/** The right to a job. */
export interface HeldLease {
  readonly isOurs: () => boolean
  /** Lets go of it: it is settled, or nobody's business any more. */
  readonly release: () => void
}

export interface JobLeases {
  /** Holds a job that was claimed at that time, on the monotonic clock. `onLost` hears that it is no longer ours. */
  readonly hold: (job: Job, claimedAt: number, onLost: () => void) => HeldLease
  readonly holds: (key: string) => boolean
  /** Holds nothing any more: the leases run out by themselves. */
  readonly close: () => void
}

interface Holding {
  readonly key: string
  readonly lose: () => void
  until: number
}

/**
 * Keeps the leases of jobs that are being done: three times in the life of a lease, all of them are renewed in one call. A lease that the store
 * gives to somebody else is lost, and so is one that ran out while the store could not be asked.
 */
export function createJobLeases(options: JobLeasesOptions): JobLeases {
  const { store, owner, leaseMs, surroundings } = options
  const { now, monotonic, schedule } = surroundings
  const held = new Map<string, Holding>()
  let cancel: (() => void) | undefined
  let isRenewing = false
  return { hold, holds: (key) => held.has(key), close }

  function hold({ key }: Job, claimedAt: number, onLost: () => void): HeldLease {
    const holding = { key, lose: onLost, until: claimedAt + leaseMs }
    held.set(key, holding)
    cancel ??= schedule(beat, leaseMs / 3)
    return { isOurs: () => isHeld(holding), release: () => release(holding) }
  }

  function beat(): void {
    cancel = schedule(beat, toBeatMs(held.values(), { leaseMs, time: monotonic() }))
    // One that does not answer must not keep the others from being given up in time.
    if (isRenewing) dropOver()
    else void renew()
  }

  async function renew(): Promise<void> {
    isRenewing = true
    const asked = [...held.values()]
    const until = monotonic() + leaseMs
    try {
      const keys = asked.map(({ key }) => key)
      const kept = new Set(await store.renew(keys, { owner, until: now() + leaseMs }))
      for (const one of asked) if (kept.has(one.key)) one.until = until
      asked.filter(({ key }) => !kept.has(key)).forEach(lose)
    } catch {
      dropOver()
    }
    isRenewing = false
  }

  function dropOver(): void {
    const time = monotonic()
    const over = [...held.values()].filter(({ until }) => until <= time)
    over.forEach(lose)
  }

  function lose(holding: Holding): void {
    if (!isHeld(holding)) return
    release(holding)
    holding.lose()
  }

  /** The same job may have been claimed anew meanwhile. */
  function isHeld(holding: Holding): boolean {
    return held.get(holding.key) === holding
  }

  function release(holding: Holding): void {
    if (isHeld(holding)) held.delete(holding.key)
    if (held.size === 0) rest()
  }

  function close(): void {
    held.clear()
    rest()
  }

  function rest(): void {
    cancel?.()
    cancel = undefined
  }
}

/** What cannot be renewed is given up when its time is over, and not a while later. */
function toBeatMs(
  held: Iterable<Holding>,
  { leaseMs, time }: { readonly leaseMs: number; readonly time: number },
): number {
  const endsMs = [...held].map(({ until }) => until - time)
  return Math.max(1, Math.min(leaseMs / 3, ...endsMs.filter((ms) => ms > 0)))
}
