/** A job to be run: its key, and when, in ms since the epoch. */
export interface Dispatched {
  readonly key: string
  readonly runAt: number
}

/**
 * Carries keys of jobs to whoever runs them. It is never the truth: what it loses, doubles or brings too early does no harm, because the
 * job store decides who runs what. It promises:
 * - `dispatch` rejects soon if it cannot carry anything now, rather than wait.
 * - `listen` hands every key that arrives to `run`, a few at a time, until what it returns is called; that waits for
 *   those that have begun.
 */
export interface JobDispatcher {
  readonly dispatch: (jobs: readonly Dispatched[]) => Promise<void>
  readonly listen: (run: (key: string) => Promise<void>) => () => Promise<void>
}
