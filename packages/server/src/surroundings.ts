/** Everything impure that the SDK needs, handed in once where the client is created. */
export interface Surroundings {
  readonly fetch: (request: Request) => Promise<Response>
  /** Milliseconds since the epoch, for what is written down or told to others. It may jump. */
  readonly now: () => number
  /** Milliseconds on a clock that never goes back: for deadlines, pauses and durations. */
  readonly monotonic: () => number
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
  /** Unguessable, and never the same twice. */
  readonly randomId: () => string
  /** Runs something after a while. What it returns cancels that; calling it late does no harm. */
  readonly schedule: (run: () => void, ms: number) => () => void
}

/** Wraps the globals rather than keeping references to them, so that fake timers take hold. */
export const defaultSurroundings: Surroundings = {
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  randomId: () => crypto.randomUUID(),
  schedule(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
