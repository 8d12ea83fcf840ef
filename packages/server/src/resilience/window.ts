/** What happened lately, in buckets that expire by their age, whether or not anything else happens. Plain data. */

export interface Counts {
  readonly calls: number
  readonly failures: number
  readonly slow: number
}

export interface Bucket extends Counts {
  /** Which slice of time it is: `floor(now / bucketMs)`. */
  readonly at: number
}

/** At most ten buckets, oldest first. */
export type Window = readonly Bucket[]

const BUCKETS = 10

export interface WindowAt {
  readonly now: number
  readonly windowMs: number
}

/** Adds counts to the bucket of now. A clock that went back adds to the newest one. */
export function addCounts(window: Window, counts: Counts, when: WindowAt): Window {
  const at = toIndex(when)
  const last = window[window.length - 1]
  if (!last || at > last.at) {
    return [...window.filter((bucket) => isFresh(bucket, at)), { at, ...counts }]
  }
  return window.with(window.length - 1, {
    at: last.at,
    calls: last.calls + counts.calls,
    failures: last.failures + counts.failures,
    slow: last.slow + counts.slow,
  })
}

/** Adds up what has not expired. */
export function countWindow(window: Window, when: WindowAt): Counts {
  const at = toIndex(when)
  return window
    .filter((bucket) => isFresh(bucket, at))
    .reduce<Counts>(sum, { calls: 0, failures: 0, slow: 0 })
}

function toIndex(when: WindowAt): number {
  return Math.floor((when.now * BUCKETS) / when.windowMs)
}

function isFresh(bucket: Bucket, at: number): boolean {
  return bucket.at > at - BUCKETS
}

function sum(a: Counts, b: Counts): Counts {
  return { calls: a.calls + b.calls, failures: a.failures + b.failures, slow: a.slow + b.slow }
}
