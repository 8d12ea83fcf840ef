import type { Surroundings } from '../surroundings.ts'

export interface VirtualTime extends Pick<
  Surroundings,
  'now' | 'monotonic' | 'schedule' | 'randomId'
> {
  /** Moves the clock on, running what is due in its order, and lets promises settle in between. */
  readonly advance: (ms: number) => Promise<void>
  /** How many timers wait: none may be left behind. */
  readonly timers: () => number
}

/** Makes a clock that a test moves by hand. `turns`: see `settle`. */
export function createVirtualTime(turns = 50): VirtualTime {
  let time = 0
  let ids = 0
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()

  async function advance(ms: number): Promise<void> {
    const end = time + ms
    await settle(turns)
    for (let next = findNext(end); next; next = findNext(end)) {
      timers.delete(next)
      time = Math.max(time, next.at)
      next.run()
      await settle(turns)
    }
    time = end
  }

  function findNext(end: number) {
    const due = [...timers].filter(({ at }) => at <= end)
    return due.toSorted((a, b) => a.at - b.at)[0]
  }

  return {
    now: () => time,
    monotonic: () => time,
    randomId: () => `id-${(ids += 1)}`,
    schedule(run, ms) {
      const timer = { at: time + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance,
    timers: () => timers.size,
  }
}

/** Lets every promise settle that waits for nothing but so many other promises, one after the other. */
export async function settle(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
}
